import { toFragment } from '../experiment/link/url';
import { pointsOf } from '../experiment/sweep/sweep';
import { parseSweepFile, type SweepFile, sweepFileText } from '../experiment/sweep/sweep-file';
import { plural } from '../numerics/measures/number-words';
import { say } from './open';
import { UsageError } from './problems';
import { readFolder, runFile, type SweepFolder } from './sweep-folder';

/**
 * What the page imports of a folder of `lab sweep`: the sweep with its runs, or where the runs are not one sweep a JSON list of them,
 * in the order of their numbers. How many there are, and how many failed, is said beside it.
 */
export async function mergeCommand(folder: string): Promise<string> {
  const read = await readFolder(folder);
  if (read.runs.size === 0) throw new UsageError(`${folder} contains no run.`);
  if (read.header) return mergedSweep(read, read.header);
  say(`${plural(read.runs.size, 'run')}${failedWords(read.failures.size)}.`);
  return `${JSON.stringify([...read.runs.values()])}\n`;
}

function mergedSweep({ runs, failures }: SweepFolder, header: SweepFile): string {
  const points = pointsOf(header.sweep);
  const urls = points.map(({ experiment }) => `#${toFragment(experiment)}`);
  const strangers = [...runs].filter(([index, { record }]) => points[index]?.problem !== '' || record.url !== urls[index]);
  for (const [index] of strangers) say(`${runFile(index)} belongs to another sweep than sweep.json: it is ignored.`);
  const left = new Set(strangers.map(([index]) => index));
  const own = [...runs].flatMap(([index, run]) => (left.has(index) ? [] : [{ ...run, sweep: { id: header.id, index } }]));
  const failed = [...failures].flatMap(([index, { url, problem }]) => (url === urls[index] ? [[index, problem] as const] : []));
  const text = sweepFileText({ ...header, failed: Object.fromEntries(failed), runs: own });
  // As the page reads it: points that cannot be are among those that failed.
  const { file } = parseSweepFile(JSON.parse(text));
  say(`${file.runs.length} of ${plural(points.length, 'run')}${failedWords(Object.keys(file.failed).length)}.`);
  return sweepFileText(file);
}

function failedWords(failed: number): string {
  return failed > 0 ? `, ${failed} failed` : '';
}
