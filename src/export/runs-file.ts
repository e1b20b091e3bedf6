import type { KeptRun } from '../experiment/results/kept-run';

/** Runs as the text of a JSON file that the page imports: one run as it is, several as a list, as `lab merge` prints it. */
export function runsText(runs: readonly KeptRun[]): string {
  return `${JSON.stringify(runs.length === 1 ? runs[0] : runs)}\n`;
}
