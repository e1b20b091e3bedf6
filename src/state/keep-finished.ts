import type { RunEvent, TestReport } from '../experiment/events';
import { CurveRecorder } from '../experiment/results/curves';
import type { KeptRun } from '../experiment/results/kept-run';
import { keptRun } from '../experiment/results/run-keeper';
import type { EvaluationPoint } from './metrics-buffer';
import { notify } from './run-store';
import { keepRuns, readKeptRuns, useRuns } from './runs-store';

/** What the page knew of a run at the moment when it ended. */
export interface FinishedRun {
  readonly done: Extract<RunEvent, { type: 'done' }>;
  /** It had come to its end before, perhaps as a point of a sweep: then that is the one that is kept. */
  readonly again: boolean;
  /** Loss of every training step, from the first. */
  readonly losses: Float32Array;
  readonly evaluations: readonly EvaluationPoint[];
  readonly test: TestReport | null;
  readonly at: Date;
}

/** Keeps a run that came to its end. One that gave the same result before is kept once, with the words that a person gave it. */
export async function keepFinished({ done: { record }, again, losses, evaluations, test, at }: FinishedRun): Promise<void> {
  await readKeptRuns();
  const before = useRuns.getState().runs?.find((run) => sameResult(run, record) && (again || run.sweep === null));
  if (before) {
    useRuns.setState({ latest: before.id });
    return;
  }
  const curves = new CurveRecorder();
  curves.addLosses(0, losses);
  for (const { step, accuracy } of evaluations) curves.addValidation(step, accuracy);
  const about = { id: newId(), createdAt: at.toISOString(), name: record.experiment.name, note: '' };
  const run = keptRun(record, curves.curves(), test ?? undefined, { ...about, origin: 'live', command: '', commit: '', sweep: null });
  const saved = await keepRuns([run]);
  useRuns.setState({ latest: run.id });
  if (!saved) {
    notify(
      'warning',
      useRuns.getState().trouble,
      'The run is in this page until it is closed: open Runs in the header and export it to keep it.',
    );
  }
}

function sameResult({ record }: KeptRun, { url, digest, backend }: KeptRun['record']): boolean {
  return record.digest === digest && record.url === url && record.backend.name === backend.name;
}

/** 16 hexadecimal digits. `randomUUID` is closed to pages without a secure address. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
