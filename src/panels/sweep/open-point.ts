import { passportText } from '../../experiment/link/passport';
import { edit, setInterface } from '../../state/experiment/experiment-store';
import type { HeldSweep } from '../../state/sweep/sweep-store';

/**
 * Puts the experiment of a point on the screen, in place of the sweep. That of a recorded run comes with its result: running it says
 * whether it reproduces. A combination that cannot be run has no experiment: then nothing happens.
 */
export function openPoint({ points, runs }: HeldSweep, index: number): void {
  const point = points[index];
  if (point?.problem !== '') return;
  setInterface('sweep', null);
  edit(point.experiment);
  const run = runs[index];
  setInterface('passport', run?.origin === 'recorded' ? passportText(run.record) : null);
}
