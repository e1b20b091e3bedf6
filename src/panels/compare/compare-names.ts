import { differingNames } from '../../experiment/results/differing-names';
import type { KeptRun } from '../../experiment/results/kept-run';
import { runTitle } from '../labels';

/** "A", "B", …: what a run is called in a comparison of several. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** Names made from what differs; model and data where nothing does. */
export function namesOf(runs: readonly KeptRun[]): readonly string[] {
  const names = differingNames(runs);
  return runs.map((run, i) => names[i] || runTitle(run));
}
