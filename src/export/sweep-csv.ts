import { pointsOf } from '../experiment/sweep/sweep';
import type { SweepFile } from '../experiment/sweep/sweep-file';
import { csvText, RUN_HEAD, runCells } from './runs-csv';

/** A sweep as a CSV table: a row for each point that has run or failed; what varies first, then as runs have it, then why it failed. */
export function sweepCsv({ sweep, failed, runs }: SweepFile): string {
  const { axes } = sweep;
  const own = new Map(runs.map((run) => [run.sweep?.index, run]));
  const rows = pointsOf(sweep).flatMap(({ index, ticks }) => {
    const run = own.get(index);
    const reason = failed[index];
    if (!run && reason === undefined) return [];
    const varied = axes.flatMap((axis, a) => axis.ticks[ticks[a] ?? 0] ?? []);
    return [[...varied, ...(run ? runCells(run) : RUN_HEAD.map(() => '')), run ? '' : (reason ?? '')]];
  });
  return csvText([[...axes.flatMap(({ paths }) => paths), ...RUN_HEAD, 'failed'], ...rows]);
}
