import { parseArgs } from 'node:util';
import { listCommand } from './list-command';
import { mergeCommand } from './merge-command';
import type { Project } from './open';
import { backendNamed } from './open';
import { UsageError } from './problems';
import { runCommand } from './run-command';
import { type SweepArguments, sweepCommand } from './sweep-command';

const HELP = `Fewbits: train small networks, compress them, measure what is left.

  npm run -s lab -- run <experiment.json | URL | preset> [options]
  npm run -s lab -- sweep <experiment …> --axis path:values --out folder [options]
  npm run -s lab -- sweep <sweep preset> --out folder [options]
  npm run -s lab -- merge <folder>
  npm run -s lab -- list [--json]

Options of run
  --set path=value     change a value; may be given many times. A path is a top-level field (seed=3), a setting of
                       every stage of a kind (train.steps=500) or of one stage by position (2.bits=4)
  --backend name       webgpu, wasm (the default) or cpu
  --json               print one JSON object instead of a table
  --out run.json       write that object to a file as well
  --recording file     write a recording for the page: losses, measurements, inspections of the weights at fixed steps
  --weights file       with it: write the model file after the first stage, which trains; other programs can continue from there

Options of sweep
  --axis path:values   vary a value; at most three. quantize.bits:2..8, train.lr:1e-4..1e-2*10, seed:1,2,3; settings that
                       change together are joined: 3.on+quantize.method:no+ste,yes+lsq
  --out folder         one file for each run or its failure; existing runs are not repeated
  --jobs n             number of processes at once
  --shard i/n          only the i-th of n parts, for another machine
  --set, --backend     as above

merge prints such a folder as one JSON file for import in the page: the sweep with its runs and failures, or a list of runs
if they are not one sweep.
list prints presets, models, stages and methods with their settings.
Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted.
`;

const options = {
  set: { type: 'string', multiple: true },
  backend: { type: 'string' },
  json: { type: 'boolean' },
  out: { type: 'string' },
  recording: { type: 'string' },
  weights: { type: 'string' },
  axis: { type: 'string', multiple: true },
  jobs: { type: 'string' },
  shard: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Runs one command of the command line. Resolves with the exit code. */
export async function main(args: readonly string[], project: Project): Promise<number> {
  try {
    return await dispatch(parse(args), project);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    if (error instanceof UsageError) return 2;
    if (process.env.FEWBITS_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return 1;
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node adds advice in further sentences; the first one says what is wrong.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/[.\n](?:\s|$)/);
    throw new UsageError(`${sentence}. See "npm run -s lab -- --help".`);
  }
}

async function dispatch({ values, positionals }: ReturnType<typeof parse>, project: Project): Promise<number> {
  const [command, ...rest] = positionals;
  if (values.help || command === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (command === undefined) throw new UsageError('No command given: choose run, sweep, merge or list, or see "npm run -s lab -- --help".');
  if (command === 'list') {
    if (rest.length > 0 || values.set || values.backend !== undefined || values.out !== undefined || values.recording !== undefined) {
      throw new UsageError('list takes no arguments and no option but --json.');
    }
    process.stdout.write(listCommand(values.json ?? false));
    return 0;
  }
  if (values.weights !== undefined && values.recording === undefined) throw new UsageError('--weights belongs to --recording.');
  if (values.recording !== undefined && command !== 'run') throw new UsageError(`${command} makes no recording; run does.`);
  if (command === 'sweep') return sweepCommand(sweepArguments(rest, values), project);
  if (values.axis || values.jobs !== undefined || values.shard !== undefined)
    throw new UsageError(`${command} has no axis, jobs or shard; sweep has.`);
  if (command === 'merge') {
    const [folder, more] = rest;
    if (folder === undefined || more !== undefined) throw new UsageError('merge takes one folder.');
    process.stdout.write(await mergeCommand(folder));
    return 0;
  }
  if (command !== 'run') throw new UsageError(`There is no command "${command}"; use run, sweep, merge or list.`);
  const [source, surplus] = rest;
  if (source === undefined) throw new UsageError('run needs an experiment: a JSON file, a URL or the name of a preset.');
  if (surplus !== undefined) throw new UsageError(`run takes one experiment; "${surplus}" is one too many.`);
  const { set = [], backend = 'wasm', json = false, out, recording, weights } = values;
  return runCommand({ source, settings: set, backend, json, out, recording, weights }, project);
}

function sweepArguments(sources: readonly string[], values: ReturnType<typeof parse>['values']): SweepArguments {
  const { set = [], axis = [], backend = 'wasm', out, jobs = '1', shard = '1/1' } = values;
  if (sources.length === 0) throw new UsageError('sweep needs an experiment: a JSON file, a URL or the name of a preset.');
  if (out === undefined) throw new UsageError('sweep needs a folder for its runs: --out folder.');
  if (!/^[1-9]\d{0,2}$/.test(jobs)) throw new UsageError(`--jobs takes a whole number from 1 to 999, not "${jobs}".`);
  return { sources, settings: set, axes: axis, backend: backendNamed(backend), out, jobs: Number(jobs), shard };
}
