import { parseArgs } from 'node:util';
import { listCommand } from './list-command';
import type { Project } from './project';
import { runCommand } from './run-command';
import { UsageError } from './usage-error';

const HELP = `Fewbits: train small networks, compress them, measure what is left.

  npm run -s lab -- run <experiment.json | URL | preset> [options]
  npm run -s lab -- list [--json]

Options of run
  --set path=value     change a value; may be given many times. A path is a top-level field (seed=3), a parameter of
                       every stage of a kind (train.steps=500) or of one stage by position (2.bits=4)
  --backend name       webgpu, wasm (the default) or cpu
  --json               print one JSON object instead of a table
  --out run.json       write that object to a file as well

list prints presets, models, stages and methods with their parameters.
Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted.
`;

const options = {
  set: { type: 'string', multiple: true },
  backend: { type: 'string' },
  json: { type: 'boolean' },
  out: { type: 'string' },
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
  if (command === undefined) throw new UsageError('No command was given: choose run or list, or see "npm run -s lab -- --help".');
  if (command === 'list') {
    if (rest.length > 0 || values.set || values.backend !== undefined || values.out !== undefined) {
      throw new UsageError('list takes no arguments and no option but --json.');
    }
    process.stdout.write(listCommand(values.json ?? false));
    return 0;
  }
  if (command !== 'run') throw new UsageError(`There is no command "${command}"; there are run and list.`);
  const [source, surplus] = rest;
  if (source === undefined) throw new UsageError('run needs an experiment: a JSON file, a URL or the name of a preset.');
  if (surplus !== undefined) throw new UsageError(`run takes one experiment; "${surplus}" is one too many.`);
  const { set = [], backend = 'wasm', json = false, out } = values;
  return runCommand({ source, settings: set, backend, json, out }, project);
}
