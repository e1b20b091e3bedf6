import type { LayerInspection, RunEvent, RunRecord, TestReport } from '../types/events';
import { toBase64 } from './base64';
import { CurveRecorder, type Curves } from './curves';
import type { KeptRun } from './kept-run';
import { keptLayer } from './kept-weights';

/** Facts about a run that its events do not contain. */
export type KeptAbout = Pick<KeptRun, 'id' | 'createdAt' | 'name' | 'note' | 'origin' | 'command' | 'commit' | 'sweep'>;

/** Watches the events of a run, and at its end has what is worth keeping. */
export class RunKeeper {
  private recorder = new CurveRecorder();
  private test: TestReport | undefined;
  private layers: readonly LayerInspection[] | undefined;

  take(event: RunEvent): void {
    if (event.type === 'metrics') this.recorder.addLosses(event.firstStep, event.loss);
    else if (event.type === 'evaluation') this.recorder.addValidation(event.globalStep, event.evaluation.accuracy);
    else if (event.type === 'test') this.test = event.report;
    else if (event.type === 'inspection') this.layers = event.layers;
  }

  /** An independent copy. */
  copy(): RunKeeper {
    const copy = new RunKeeper();
    copy.recorder = this.recorder.copy();
    copy.test = this.test;
    copy.layers = this.layers;
    return copy;
  }

  /** @param done the run's last event */
  keep({ record }: Extract<RunEvent, { type: 'done' }>, about: KeptAbout): KeptRun {
    return keptRun(record, { curves: this.recorder.curves(), test: this.test, layers: this.layers }, about);
  }
}

/** What was seen of a run that is in no record. */
export interface SeenOfRun {
  readonly curves: Curves;
  /** The last test; undefined if none was received. */
  readonly test: TestReport | undefined;
  /** The last inspection of the weights; undefined if there was none. */
  readonly layers: readonly Pick<LayerInspection, 'layer' | 'latent' | 'stored'>[] | undefined;
}

export function keptRun(record: RunRecord, { curves, test, layers }: SeenOfRun, about: KeptAbout): KeptRun {
  return {
    format: 'fewbits-run',
    version: 1,
    ...about,
    record,
    curves,
    perClass: test ? classAccuracies(test.confusion) : [],
    predicted: test ? toBase64(test.predicted) : '',
    ...(layers ? { weights: layers.map(keptLayer) } : {}),
  };
}

/** The share of each class that was right; 0 for a class without an image. @param confusion classes × classes, row = true class */
export function classAccuracies(confusion: Uint32Array): readonly number[] {
  const classes = Math.sqrt(confusion.length);
  return Array.from({ length: classes }, (_, label) => {
    const row = confusion.subarray(label * classes, (label + 1) * classes);
    const all = row.reduce((a, b) => a + b, 0);
    return all === 0 ? 0 : (row[label] ?? 0) / all;
  });
}
