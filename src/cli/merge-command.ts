import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type KeptRun, KeptRunError, parseKeptRun } from '../experiment/results/kept-run';
import { fileProblem } from './file-problem';
import { UsageError } from './usage-error';

/** The runs of a folder as one JSON list, in the order of their numbers: what the page imports. */
export async function mergeCommand(folder: string): Promise<string> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new UsageError(`${folder} cannot be read: ${fileProblem(error)}.`);
  });
  const runs: KeptRun[] = [];
  for (const name of names.filter((file) => /^run-\d+\.json$/.test(file)).sort()) {
    try {
      runs.push(parseKeptRun(JSON.parse(await readFile(join(folder, name), 'utf8'))));
    } catch (error) {
      const why = error instanceof KeptRunError ? error.message : 'it is not JSON.';
      throw new UsageError(`${join(folder, name)} cannot be merged: ${why}`);
    }
  }
  if (runs.length === 0) throw new UsageError(`${folder} holds no run.`);
  return `${JSON.stringify(runs)}\n`;
}
