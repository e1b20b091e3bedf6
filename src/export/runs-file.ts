import type { KeptRun } from '../experiment/results/kept-run';

/** Runs as the text of a JSON file that the page imports: one run as it is, several as a list. */
export function runsText(runs: readonly KeptRun[]): string {
  return `${JSON.stringify(runs.length === 1 ? runs[0] : runs)}\n`;
}
