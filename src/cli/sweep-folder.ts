import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toFragment } from '../experiment/link/url';
import { type KeptRun, KeptRunError, parseKeptRun } from '../experiment/results/kept-run';
import type { Sweep, SweepPoint } from '../experiment/sweep/sweep';
import { parseSweepFile, type SweepFile, SweepFileError, sameSweep, sweepFileText } from '../experiment/sweep/sweep-file';
import { fileProblem, UsageError } from './problems';

/**
 * The folder of `lab sweep`: a file for each run, one for each point that failed, and `sweep.json` with what was asked for, which is
 * the sweep without a result.
 */
export interface SweepFolder {
  /** null where the runs are not one sweep. */
  readonly header: SweepFile | null;
  /** By index of the point. */
  readonly runs: ReadonlyMap<number, KeptRun>;
  /** Those without a run: of which experiment, and why. */
  readonly failures: ReadonlyMap<number, Failure>;
}

export interface Failure {
  readonly url: string;
  readonly problem: string;
}

const numbered = (kind: string, index: number) => `${kind}-${String(index).padStart(4, '0')}.json`;
export const runFile = (index: number) => numbered('run', index);
const failureFile = (folder: string, index: number) => join(folder, numbered('failed', index));
const headerFile = (folder: string) => join(folder, 'sweep.json');

/** Whether the folder holds the run of this point. @throws UsageError if it holds another one in its place */
export async function holdsRun(folder: string, { index, experiment }: SweepPoint): Promise<boolean> {
  const file = join(folder, runFile(index));
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return false;
  try {
    if (parseKeptRun(JSON.parse(text)).record.url === `#${toFragment(experiment)}`) return true;
  } catch {
    // Half a file, perhaps: the run is repeated.
    return false;
  }
  throw new UsageError(`${file} contains another run: choose an empty folder, or the sweep of that folder.`);
}

/** Writes what is swept, unless that is what the folder says already: its id stays, so that a page that has a part of it adds the rest. */
export async function writeHeader(folder: string, sweep: Sweep): Promise<void> {
  const before = await readHeader(folder).catch(() => null);
  if (before && sameSweep(before.sweep, sweep)) return;
  const header = { id: randomUUID(), createdAt: new Date().toISOString(), sweep, note: '', failed: {}, runs: [] };
  await writeFile(headerFile(folder), sweepFileText(header));
}

/** The run takes the place of a failure that was there before. */
export async function writeRun(folder: string, index: number, run: KeptRun): Promise<void> {
  await writeFile(join(folder, runFile(index)), `${JSON.stringify(run)}\n`);
  await rm(failureFile(folder, index), { force: true });
}

export async function writeFailure(folder: string, { index, experiment }: SweepPoint, problem: string): Promise<void> {
  const failure: Failure = { url: `#${toFragment(experiment)}`, problem };
  await writeFile(failureFile(folder, index), `${JSON.stringify(failure)}\n`);
}

/** @throws UsageError naming the file that cannot be read */
export async function readFolder(folder: string): Promise<SweepFolder> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new UsageError(`${folder} cannot be read: ${fileProblem(error)}.`);
  });
  const runs = new Map<number, KeptRun>();
  const failures = new Map<number, Failure>();
  for (const name of names.sort()) {
    const [, kind, digits] = /^(run|failed)-(\d+)\.json$/.exec(name) ?? [];
    if (kind === 'run') runs.set(Number(digits), await readJson(join(folder, name), parseKeptRun));
    if (kind === 'failed') failures.set(Number(digits), await readJson(join(folder, name), parseFailure));
  }
  for (const index of runs.keys()) failures.delete(index);
  const header = names.includes('sweep.json') ? await readHeader(folder) : null;
  return { header, runs, failures };
}

function readHeader(folder: string): Promise<SweepFile> {
  return readJson(headerFile(folder), (json) => parseSweepFile(json).file);
}

async function readJson<T>(file: string, parse: (json: unknown) => T): Promise<T> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${fileProblem(error)}.`);
  });
  try {
    return parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof KeptRunError || error instanceof SweepFileError ? error.message : 'it is not JSON.';
    throw new UsageError(`${file} cannot be merged: ${why}`);
  }
}

/** A failure is a remark: without its words the point has failed all the same. */
function parseFailure(json: unknown): Failure {
  const { url = '', problem = '' } = typeof json === 'object' && json !== null ? (json as Partial<Failure>) : {};
  return { url: String(url), problem: String(problem) || 'It does not say why.' };
}
