import type { Turn } from '../engine/lock-step';
import type { RunControl } from '../engine/stages/stage';

/** More pulls than that do not come between two steps. */
const TRIES = 40;

/** Pulls a run until it has given a checkpoint of this very moment. @param take passes each turn on; gives true if it ends the run */
export async function pullToSnapshot(
  pull: () => Promise<IteratorResult<Turn>>,
  control: RunControl,
  take: (turn: Turn) => boolean,
): Promise<void> {
  const usual = control.checkpointEveryMs;
  control.checkpointEveryMs = 0;
  control.maxSteps = 1;
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const { value, done } = await pull();
      if (done || take(value) || (value.side === 0 && value.event.type === 'snapshot')) break;
    }
  } catch {
    // A broken backend will break again when the run goes on, from the checkpoint before; it is dealt with there.
  } finally {
    control.checkpointEveryMs = usual;
  }
}
