import * as v from 'valibot';
import { fromFragment, toFragment } from '../link/url';
import { type KeptRun, KeptRunError, parseKeptRun } from '../results/kept-run';
import { axisText, parseAxis, SweepError } from './axis';
import { POINT_LIMIT, pointsOf, type Sweep, type SweepPoint } from './sweep';

/** A sweep as it is exported and imported, and as `lab merge` prints it: what was asked for, and its result. */
export interface SweepFile {
  /** Unique; the same sweep imported twice is saved once. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** With a person's own name; '' for none. */
  readonly sweep: Sweep;
  readonly note: string;
  /** By index of the point, why it has no result. Points that cannot be are among them. */
  readonly failed: Readonly<Record<number, string>>;
  /** In the order of their points; `sweep.index` says which. */
  readonly runs: readonly KeptRun[];
}

/** A file that is no sweep, as one sentence for the user. */
export class SweepFileError extends Error {
  override readonly name = 'SweepFileError';
}

const FILE_KIND = 'fewbits-sweep';
const text = v.pipe(v.string(), v.maxLength(20_000));
const schema = v.object({
  format: v.literal(FILE_KIND),
  version: v.literal(1),
  // Sweeps that come with the page have ids that begin with "recorded-".
  id: v.pipe(v.string(), v.regex(/^(?!recorded-)[A-Za-z0-9-]{1,80}$/)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  name: text,
  note: text,
  experiment: text,
  axes: v.pipe(v.array(text), v.maxLength(10)),
  failed: v.record(v.string(), text),
  runs: v.pipe(v.array(v.unknown()), v.maxLength(POINT_LIMIT)),
});

/** Whether this JSON wants to be a sweep. */
export function isSweepFile(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'format' in json && json.format === FILE_KIND;
}

/** The file of a sweep, a run a line. `parseSweepFile` reads it back. */
export function sweepFileText({ id, createdAt, sweep, note, failed, runs }: SweepFile): string {
  const { name, experiment, axes } = sweep;
  const asked = { id, createdAt, name, note, experiment: toFragment(experiment), axes: axes.map(axisText) };
  const head = JSON.stringify({ format: FILE_KIND, version: 1, ...asked, failed }).slice(0, -1);
  return `${head},"runs":[${runs.map((run) => `\n${JSON.stringify(run)}`).join(',')}\n]}\n`;
}

/**
 * A sweep from untrusted JSON: its experiment and axes checked like a link's, each run like an imported one. A run
 * that is not of this sweep, or that cannot be read, is left out and named in `problems`.
 * @throws SweepFileError if it cannot be known what was swept
 */
export function parseSweepFile(json: unknown): { readonly file: SweepFile; readonly problems: readonly string[] } {
  const result = v.safeParse(schema, json);
  if (!result.success) {
    const path = v.getDotPath(result.issues[0]);
    throw new SweepFileError(`This is not a sweep of Fewbits: ${path ? `its ${path} is invalid` : 'it has another structure'}.`);
  }
  const { id, createdAt, note, runs: own } = result.output;
  const { sweep, points } = readSweep(result.output);
  const problems: string[] = [];
  const runs = new Map<number, KeptRun>();
  for (const [i, one] of own.entries()) {
    const read = readRun(one, points);
    const problem = typeof read !== 'string' && runs.has(read.index) ? 'there are two results of this point.' : read;
    if (typeof problem === 'string') problems.push(`run ${i + 1} of ${own.length}: ${problem}`);
    else runs.set(problem.index, { ...problem.run, sweep: { id, index: problem.index } });
  }
  const failed = points.flatMap(({ index, problem }) => {
    const reason = problem || result.output.failed[index];
    return reason !== undefined && !runs.has(index) ? [[index, reason] as const] : [];
  });
  const inOrder = points.flatMap(({ index }) => runs.get(index) ?? []);
  return { file: { id, createdAt, sweep, note, failed: Object.fromEntries(failed), runs: inOrder }, problems };
}

/** Whether two sweeps ask for the same runs. */
export function sameSweep(a: Sweep, b: Sweep): boolean {
  const asked = ({ experiment, axes }: Sweep) => [toFragment(experiment), ...axes.map(axisText)].join('\n');
  return asked(a) === asked(b);
}

function readSweep({ name, experiment: fragment, axes }: v.InferOutput<typeof schema>) {
  const { experiment, problems } = fromFragment(fragment);
  const [problem] = problems;
  if (problem) throw new SweepFileError(`The sweep's experiment cannot be read: ${problem.message}`);
  try {
    const sweep: Sweep = { name, experiment, axes: axes.map(parseAxis) };
    return { sweep, points: pointsOf(sweep) };
  } catch (error) {
    if (error instanceof SweepError) throw new SweepFileError(`The sweep's axes cannot be read: ${error.message}`);
    throw error;
  }
}

/** A run and the index of its point; or what is wrong. */
function readRun(json: unknown, points: readonly SweepPoint[]): { readonly run: KeptRun; readonly index: number } | string {
  try {
    const run = parseKeptRun(json);
    const point = run.sweep ? points[run.sweep.index] : undefined;
    if (!point) return 'it has no place in the sweep.';
    if (point.problem !== '' || run.record.url !== `#${toFragment(point.experiment)}`)
      return 'its experiment is not the one at its place in the sweep.';
    return { run, index: point.index };
  } catch (error) {
    if (error instanceof KeptRunError) return error.message;
    throw error;
  }
}
