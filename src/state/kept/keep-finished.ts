import { CurveRecorder } from '../../experiment/results/curves';
import type { KeptRun } from '../../experiment/results/kept-run';
import { keptLayer } from '../../experiment/results/kept-weights';
import { keptRun } from '../../experiment/results/run-keeper';
import type { LayerInspection, RunEvent, TestReport } from '../../experiment/types/events';
import type { EvaluationPoint } from '../run/metrics-buffer';
import { notify } from '../run/run-store';
import { keepRuns, readKeptRuns, useRuns } from './runs-store';

/** What the page knew of a run at the moment when it ended. */
export interface FinishedRun {
  readonly done: Extract<RunEvent, { type: 'done' }>;
  /** It had finished before, perhaps as a point of a sweep: then that is the one that is saved. */
  readonly again?: boolean;
  /** It ran side by side with the run on the screen, which stays the latest; its list calls it by what differs. */
  readonly beside?: boolean;
  /** Loss of every training step, from the first. */
  readonly losses: Float32Array;
  readonly evaluations: readonly EvaluationPoint[];
  readonly test: TestReport | null;
  /** The last inspection of the weights; null if there was none. */
  readonly layers: readonly LayerInspection[] | null;
  readonly at: Date;
}

/** Saves a finished run. One that gave the same result before is saved once, with the words that a person gave it. */
export async function keepFinished(finished: FinishedRun): Promise<void> {
  const { done, again = false, beside = false, losses, evaluations, test, layers, at } = finished;
  const { record } = done;
  await readKeptRuns();
  const before = useRuns.getState().runs?.find((run) => sameResult(run, record) && (again || run.sweep === null));
  if (before) {
    // Kept by a page that did not keep the weights yet.
    if (!before.weights && layers) await keepRuns([{ ...before, weights: layers.map(keptLayer) }]);
    if (!beside) useRuns.setState({ latest: before.id });
    return;
  }
  const curves = new CurveRecorder();
  curves.addLosses(0, losses);
  for (const { step, accuracy } of evaluations) curves.addValidation(step, accuracy);
  const about = { id: newId(), createdAt: at.toISOString(), name: beside ? '' : record.experiment.name, note: '' };
  const seen = { curves: curves.curves(), test: test ?? undefined, layers: layers ?? undefined };
  const run = keptRun(record, seen, { ...about, origin: 'live', command: '', commit: '', sweep: null });
  const saved = await keepRuns([run]);
  if (!beside) useRuns.setState({ latest: run.id });
  if (!saved) {
    notify('warning', useRuns.getState().trouble, 'The run is lost when this page is closed: open Runs in the header and export it.');
  }
}

function sameResult({ record }: KeptRun, { url, digest, backend, recorded }: KeptRun['record']): boolean {
  // One that was trained here from its start says more than one that began with a recording.
  const begun = (record.recorded !== undefined) === (recorded !== undefined);
  return record.digest === digest && record.url === url && record.backend.name === backend.name && begun;
}

/** 16 hexadecimal digits. `randomUUID` is closed to pages without a secure address. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
