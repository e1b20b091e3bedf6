/** Gives the engine the trained weights of a recorded run, so that programs that begin like it need no training before that. */
import type { Recording } from '../../experiment/recorded/recording';
import type { RunEvent } from '../../experiment/types/events';
import type { LentStart } from '../../worker/protocol';
import { useExperiment } from '../experiment/experiment-store';
import { useRun } from '../run/run-store';
import type { RecordedFiles } from './recorded-files';
import { hasLeft } from './recorded-run';

let settle: (lent: boolean) => void = () => {};
let settled = new Promise<boolean>((resolve) => {
  settle = resolve;
});

/** Resolves when the weights are lent, or will not be: then with false. */
export function whenLent(): Promise<boolean> {
  return settled;
}

/** Gives the bytes of a file of the recordings' folder; null where there is none. */
export type ReadBytes = (name: string) => Promise<Uint8Array | null>;

export async function fetchBytes(name: string): Promise<Uint8Array | null> {
  const response = await fetch(new URL(`recorded/runs/${name}`, document.baseURI), { priority: 'low' });
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}

/**
 * From now on, once the images are there: before, they are more urgent. A link with a result asks for a run from the start.
 * @returns the function that ends it
 */
export function lendWeights(files: RecordedFiles, read: ReadBytes, lend: (start: LentStart) => void): () => void {
  let ended = false;
  let lent: string | null = null;
  const consider = async () => {
    const { experiment, rest } = useExperiment.getState();
    const ready = () => useRun.getState().backend !== null && useRun.getState().dataset !== null;
    if (!ready() && lent !== null) {
      // The engine starts again: it has lost what it held.
      lent = null;
      settled = new Promise((resolve) => {
        settle = resolve;
      });
    }
    if (lent !== null || !ready()) return;
    const found = await files.beginsLike(experiment);
    if (ended || lent !== null || !ready()) return;
    if (!found || rest.passport !== undefined || hasLeft(found.recording.experiment)) {
      settle(false);
      return;
    }
    lent = found.name;
    const model = await read(found.name.replace(/json$/, 'weights.bin')).catch(() => null);
    const start = model && startOf(found.recording, model);
    const use = start !== null && !ended && lent === found.name && !hasLeft(found.recording.experiment);
    if (use) lend(start);
    settle(use);
  };
  const unsubscribe = [useExperiment.subscribe(() => void consider()), useRun.subscribe(changed(() => void consider()))];
  void consider();
  return () => {
    ended = true;
    for (const stop of unsubscribe) stop();
  };
}

/** Calls back only when what decides has changed: the run's state changes ten times a second. */
function changed(act: () => void): (now: ReturnType<typeof useRun.getState>, before: ReturnType<typeof useRun.getState>) => void {
  return (now, before) => {
    if (now.backend !== before.backend || now.dataset !== before.dataset) act();
  };
}

/** What the recording knows of its first stage; null if that was measured without weights being kept. */
export function startOf({ experiment, events, losses, ...about }: Recording, model: Uint8Array): LentStart | null {
  const { weights, recordedAt, backend, commit } = about;
  const end = events.findIndex(({ type }) => type === 'stageDone');
  const [started] = events.flatMap((event) => (event.type === 'stageStarted' ? [event] : []));
  const layers = events.flatMap((event) => (event.type === 'started' ? event.layers : []));
  const done = events[end];
  if (weights === undefined || !started || done?.type !== 'stageDone') return null;
  const loss = losses.slice(0, done.summary.steps);
  const accuracy = new Float32Array(loss.length).fill(Number.NaN);
  const metrics = { type: 'metrics', stage: started.stage, firstStep: 0, loss, accuracy } as const;
  // Of the inspections only the last is drawn again.
  const inspection = events.slice(0, end).findLast(({ type }) => type === 'inspection');
  const kept: readonly RunEvent[] = events
    .slice(0, end + 1)
    .filter((event) => event.type !== 'started' && (event.type !== 'inspection' || event === inspection));
  const origin = { stages: started.stage + 1, recordedAt, backend: backend.name, commit };
  return { experiment, origin, layers, events: [started, metrics, ...kept.slice(1)], model, sha256: weights };
}
