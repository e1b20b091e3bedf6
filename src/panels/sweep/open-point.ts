import { passportText } from '../../experiment/link/passport';
import { edit, setInterface } from '../../state/experiment/experiment-store';
import type { HeldSweep } from '../../state/sweep/sweep-store';

/**
 * Opens the lab with the experiment of a point, in place of the sweep; Back returns to the sweep. That of a recorded run comes with its result: running it says
 * whether it reproduces. A combination that cannot be run has no experiment: then nothing happens.
 */
export function openPoint({ points, runs }: HeldSweep, index: number): void {
  const point = points[index];
  if (point?.problem !== '') return;
  edit(point.experiment);
  // After the edit, which is a step of Back: that returns to the sweep.
  setInterface('sweep', null);
  const run = runs[index];
  setInterface('passport', run?.origin === 'recorded' ? passportText(run.record) : null);
}
