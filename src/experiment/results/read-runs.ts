import { type KeptRun, KeptRunError, parseKeptRun } from './kept-run';

/** Most runs that one file may hold. */
const MOST = 5000;
/** Sentences about single runs of a list, at most. */
const SAID = 5;

/** What a file held, and in sentences what of it could not be read. */
export interface ReadRuns {
  readonly runs: readonly KeptRun[];
  readonly problems: readonly string[];
}

/** The runs in a JSON file: one, or a list as `lab merge` prints it. What can be read is read. Never throws. */
export function readRuns(fileName: string, text: string): ReadRuns {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { runs: [], problems: [`${fileName} is not JSON.`] };
  }
  if (!Array.isArray(json)) {
    const read = readOne(json);
    return 'run' in read ? { runs: [read.run], problems: [] } : { runs: [], problems: [`${fileName}: ${read.problem}`] };
  }
  if (json.length === 0) return { runs: [], problems: [`${fileName} holds no run.`] };
  if (json.length > MOST) return { runs: [], problems: [`${fileName} holds more than ${MOST.toLocaleString('en-US')} runs.`] };
  const read = json.map(readOne);
  const problems = read.flatMap((one, i) => ('run' in one ? [] : [`${fileName}, run ${i + 1} of ${json.length}: ${one.problem}`]));
  const unsaid = problems.length - SAID;
  return {
    runs: read.flatMap((one) => ('run' in one ? [one.run] : [])),
    problems: unsaid > 1 ? [...problems.slice(0, SAID), `${fileName}: ${unsaid} more cannot be read.`] : problems,
  };
}

function readOne(json: unknown): { readonly run: KeptRun } | { readonly problem: string } {
  try {
    return { run: parseKeptRun(json) };
  } catch (error) {
    if (!(error instanceof KeptRunError)) throw error;
    return { problem: error.message };
  }
}
