import { type KeptRun, KeptRunError, parseKeptRun } from '../results/kept-run';
import { isSweepFile, parseSweepFile, type SweepFile, SweepFileError } from './sweep-file';

/** Most runs that one file may hold. */
const MOST = 5000;
/** Sentences about single runs of a list, at most. */
const SAID = 5;

/** What a file held, and in sentences what of it could not be read. */
export interface ReadRuns {
  /** Runs of their own. */
  readonly runs: readonly KeptRun[];
  /** Sweeps, each with its runs. */
  readonly sweeps: readonly SweepFile[];
  readonly problems: readonly string[];
}

/** The runs in a JSON file: one, a list, or a sweep; as exported, or as `lab merge` prints it. What can be read is read. Never throws. */
export function readRuns(fileName: string, text: string): ReadRuns {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return nothing(`${fileName} is not JSON.`);
  }
  if (isSweepFile(json)) return readSweep(fileName, json);
  if (!Array.isArray(json)) {
    const read = readOne(json);
    if ('run' in read) return { runs: [read.run], sweeps: [], problems: [] };
    const { problem } = read;
    return nothing(`${fileName}: ${isRecord(json) ? RECORD : problem} ${IMPORTABLE}`);
  }
  if (json.length === 0) return nothing(`${fileName} contains no run.`);
  if (json.length > MOST) return nothing(`${fileName} contains more than ${MOST.toLocaleString('en-US')} runs.`);
  const read = json.map(readOne);
  const problems = read.flatMap((one, i) => ('run' in one ? [] : [`${fileName}, run ${i + 1} of ${json.length}: ${one.problem}`]));
  return { runs: read.flatMap((one) => ('run' in one ? [one.run] : [])), sweeps: [], problems: fewer(problems, fileName) };
}

const RECORD = 'This is the result of a single run as written by lab run --out, without its curves.';
const IMPORTABLE = 'Only exports of this page and the output of lab merge (for a folder from lab sweep) can be imported.';

function readSweep(fileName: string, json: unknown): ReadRuns {
  try {
    const { file, problems } = parseSweepFile(json);
    const said = problems.map((problem) => `${fileName}, ${problem}`);
    return { runs: [], sweeps: [file], problems: fewer(said, fileName) };
  } catch (error) {
    if (error instanceof SweepFileError) return nothing(`${fileName}: ${error.message}`);
    throw error;
  }
}

function readOne(json: unknown): { readonly run: KeptRun } | { readonly problem: string } {
  try {
    return { run: parseKeptRun(json) };
  } catch (error) {
    if (!(error instanceof KeptRunError)) throw error;
    return { problem: error.message };
  }
}

/** What `lab run --out` writes holds a digest beside its experiment, and no format. */
function isRecord(json: unknown): boolean {
  return typeof json === 'object' && json !== null && !('format' in json) && 'digest' in json && 'experiment' in json;
}

function nothing(problem: string): ReadRuns {
  return { runs: [], sweeps: [], problems: [problem] };
}

function fewer(problems: readonly string[], fileName: string): readonly string[] {
  const unsaid = problems.length - SAID;
  return unsaid > 1 ? [...problems.slice(0, SAID), `${fileName}: ${unsaid} more cannot be read.`] : problems;
}
