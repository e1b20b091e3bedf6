import * as v from 'valibot';
import { fromFragment, toFragment } from '../link/url';
import { KeptRunError, parseKeptRun } from '../results/kept-run';
import { SweepError } from '../sweep/axis';
import { axesLink, axisTexts, parseAxes, shortAxisText } from '../sweep/link';
import { checkSize, POINT_LIMIT, pointsOf } from '../sweep/sweep';
import { compactRun, expandRun } from './compact-run';
import { type RecordedEntry, RecordedError, type RecordedHeader, type RecordedSweep } from './types';

const text = v.pipe(v.string(), v.maxLength(4_000));
const header = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,79}$/)),
  label: v.pipe(text, v.minLength(1)),
  experiment: text,
  axes: v.pipe(v.array(text), v.maxLength(10)),
  date: v.pipe(v.string(), v.isoTimestamp()),
  backend: v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']),
  adapter: text,
  commit: text,
  command: text,
};
const sweepHeader = v.object(header);
const sweepSchema = v.object({
  format: v.literal('fewbits-recorded-sweep'),
  version: v.literal(1),
  ...header,
  runs: v.pipe(v.array(v.looseObject({ index: v.pipe(v.number(), v.integer(), v.minValue(0)) })), v.maxLength(POINT_LIMIT)),
});
const indexSchema = v.object({
  format: v.literal('fewbits-recorded-sweeps'),
  version: v.literal(1),
  sweeps: v.pipe(v.array(v.object({ ...header, runs: v.pipe(v.number(), v.integer(), v.minValue(0)) })), v.maxLength(200)),
});

/** The file of a recorded sweep, a run a line. `parseRecordedSweep` reads it back. */
export function recordedSweepText(sweep: RecordedSweep): string {
  const head = JSON.stringify({ format: 'fewbits-recorded-sweep', version: 1, ...headerJson(sweep) }).slice(0, -1);
  return `${head},"runs":[\n${sweep.runs.map((run) => JSON.stringify(compactRun(run))).join(',\n')}\n]}\n`;
}

/**
 * A recorded sweep from JSON: its header, experiment and axes checked like a link's, each run like an imported one.
 * @throws RecordedError saying what is wrong
 */
export function parseRecordedSweep(json: unknown): RecordedSweep {
  const read = checked(sweepSchema, json, 'recorded sweep');
  const head = headerOf(read);
  const points = pointsOf(head.sweep);
  const seen = new Set<number>();
  const runs = read.runs.map((run) => {
    const point = points[run.index];
    if (point?.problem !== '' || seen.has(run.index)) {
      throw new RecordedError(`This recorded sweep has ${point ? 'two results or an impossible one' : 'no point'} at ${run.index}.`);
    }
    seen.add(run.index);
    try {
      return parseKeptRun(expandRun(run, point, head));
    } catch (error) {
      if (error instanceof KeptRunError)
        throw new RecordedError(`Run ${run.index} of this recorded sweep cannot be read: ${error.message}`);
      throw error;
    }
  });
  return { ...head, runs };
}

/** The list of recorded sweeps, one a line. `parseRecordedIndex` reads it back. */
export function recordedIndexText(entries: readonly RecordedEntry[]): string {
  const lines = entries.map((entry) => JSON.stringify({ ...headerJson(entry), runs: entry.runs }));
  return `{"format":"fewbits-recorded-sweeps","version":1,"sweeps":[\n${lines.join(',\n')}\n]}\n`;
}

/** @throws RecordedError saying what is wrong */
export function parseRecordedIndex(json: unknown): readonly RecordedEntry[] {
  return checked(indexSchema, json, 'list of recorded sweeps').sweeps.map((read) => ({ ...headerOf(read), runs: read.runs }));
}

function headerJson({ id, label, sweep, date, backend, adapter, commit, command }: RecordedHeader) {
  const { experiment, axes } = sweep;
  return { id, label, experiment: toFragment(experiment), axes: axes.map(shortAxisText), date, backend, adapter, commit, command };
}

function headerOf({ experiment: fragment, axes: texts, ...others }: v.InferOutput<typeof sweepHeader>): RecordedHeader {
  const { id, label, date, backend, adapter, commit, command } = others;
  const { experiment, problems } = fromFragment(fragment);
  const [problem] = problems;
  if (problem) throw new RecordedError(`The experiment of the recorded sweep ${id} cannot be read: ${problem.message}`);
  try {
    const sweep = { name: label, experiment, axes: parseAxes(axisTexts(axesLink(texts))) };
    checkSize(sweep);
    return { id, label, sweep, date, backend, adapter, commit, command };
  } catch (error) {
    if (error instanceof SweepError) throw new RecordedError(`The axes of the recorded sweep ${id} cannot be read: ${error.message}`);
    throw error;
  }
}

function checked<S extends v.GenericSchema>(schema: S, json: unknown, what: string): v.InferOutput<S> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const path = v.getDotPath(result.issues[0] as v.BaseIssue<unknown>);
  throw new RecordedError(`This is not a ${what} of Fewbits: ${path ? `its ${path} is invalid` : 'it has another structure'}.`);
}
