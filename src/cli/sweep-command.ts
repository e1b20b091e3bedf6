import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unseenControl } from '../engine/run';
import { runAll } from '../engine/run-all';
import type { BackendName } from '../experiment/events';
import { BranchKeeper } from '../experiment/results/branch-keeper';
import { type KeptRun, parseKeptRun } from '../experiment/results/kept-run';
import { parseAxis, SweepError } from '../experiment/sweep/axis';
import { branchOrder } from '../experiment/sweep/order';
import { sweepPresetById } from '../experiment/sweep/presets';
import { pointsOf, type SweepPoint } from '../experiment/sweep/sweep';
import { toFragment } from '../experiment/url';
import { onInterrupt } from './interrupt';
import { openDataset, openRunBackend, say } from './open';
import type { Project } from './project';
import { readExperiment } from './read-experiment';
import { UsageError } from './usage-error';

export interface SweepArguments {
  readonly sources: readonly string[];
  readonly settings: readonly string[];
  readonly axes: readonly string[];
  readonly backend: BackendName;
  readonly out: string;
  readonly jobs: number;
  /** "2/3": the second of three parts. */
  readonly shard: string;
}

/** Runs every point of a sweep that the folder does not hold yet, one file for each. Resolves with the exit code. */
export async function sweepCommand(args: SweepArguments, project: Project): Promise<number> {
  const points = await allPoints(args);
  const [part, parts] = parseShard(args.shard);
  await mkdir(args.out, { recursive: true });
  if (args.jobs > 1) return spread(args, part, parts);
  const ordered = branchOrder(points);
  const own = ordered.slice(Math.floor((ordered.length * (part - 1)) / parts), Math.floor((ordered.length * part) / parts));
  const missing: SweepPoint[] = [];
  for (const point of own) if (!(await isDone(args.out, point))) missing.push(point);
  say(`${missing.length} of ${own.length} runs to do.`);
  return missing.length === 0 ? 0 : runPoints(missing, args, project);
}

/** The points of all sources, numbered through. */
async function allPoints({ sources, settings, axes }: SweepArguments): Promise<readonly SweepPoint[]> {
  try {
    const parsed = axes.map(parseAxis);
    const points: SweepPoint[] = [];
    for (const source of sources) {
      const preset = sweepPresetById(source)?.sweep;
      const { experiment } = await readExperiment(preset ? `#${toFragment(preset.experiment)}` : source, settings);
      const own = parsed.length === 0 && preset ? preset.axes : parsed;
      for (const point of pointsOf({ name: '', experiment, axes: own })) points.push({ ...point, index: points.length });
    }
    const impossible = points.find(({ problem }) => problem !== '');
    if (impossible) throw new UsageError(impossible.problem);
    return points;
  } catch (error) {
    throw error instanceof SweepError ? new UsageError(error.message) : error;
  }
}

function parseShard(text: string): readonly [part: number, parts: number] {
  const [part = 0, parts = 0] = text.split('/').map(Number);
  if (!Number.isInteger(part) || !Number.isInteger(parts) || part < 1 || part > parts) {
    throw new UsageError(`A shard is written 2/3, the second of three parts, not "${text}".`);
  }
  return [part, parts];
}

const fileOf = (folder: string, index: number) => join(folder, `run-${String(index).padStart(4, '0')}.json`);

async function isDone(folder: string, { index, experiment }: SweepPoint): Promise<boolean> {
  const text = await readFile(fileOf(folder, index), 'utf8').catch(() => null);
  if (text === null) return false;
  try {
    if (parseKeptRun(JSON.parse(text)).record.url === `#${toFragment(experiment)}`) return true;
  } catch {
    // Half a file, perhaps: the run is made anew.
    return false;
  }
  throw new UsageError(`${fileOf(folder, index)} holds another run: choose an empty folder, or the sweep that it was made with.`);
}

async function runPoints(points: readonly SweepPoint[], args: SweepArguments, project: Project): Promise<number> {
  const [first] = points;
  if (!first) return 0;
  const datasets = new Set(points.map(({ experiment }) => experiment.data.dataset));
  if (datasets.size > 1) throw new UsageError('All runs of a sweep are on the same dataset.');
  const interrupt = onInterrupt();
  let failures = 0;
  try {
    const dataset = await openDataset(first.experiment, project);
    const backend = await openRunBackend(args.backend, project);
    const commit = await project.commit();
    const keeper = new BranchKeeper();
    let entered = -1;
    let done = 0;
    const optionsOf = (experiment: SweepPoint['experiment']) => ({ backend, url: `#${toFragment(experiment)}`, control: unseenControl() });
    for await (const { index, event } of runAll(
      points.map(({ experiment }) => experiment),
      dataset,
      optionsOf,
    )) {
      const point = points[index] as SweepPoint;
      if (index !== entered) keeper.enter(point.experiment);
      entered = index;
      keeper.take(event);
      if (event.type === 'failed') {
        failures += 1;
        say(`run ${point.index} failed: ${event.message} ${event.advice}`.trim());
      } else if (event.type === 'done') {
        const about = { id: `${event.record.digest.slice(0, 16)}-${point.index}`, createdAt: new Date().toISOString(), name: '', note: '' };
        const kept: KeptRun = keeper.keep(event, { ...about, origin: 'recorded', command: '', commit, sweep: null });
        await writeFile(fileOf(args.out, point.index), `${JSON.stringify(kept)}\n`);
        say(`${++done} of ${points.length}: ${(100 * event.record.testAccuracy).toFixed(2)} % ${event.record.url}`);
      }
      if (interrupt.requested()) return 130;
    }
  } finally {
    interrupt.dispose();
  }
  return failures > 0 ? 1 : 0;
}

/** As many processes as jobs, each with its part of this part. */
async function spread(args: SweepArguments, part: number, parts: number): Promise<number> {
  const { sources, settings, axes, backend, out, jobs } = args;
  const flags = [...settings.flatMap((s) => ['--set', s]), ...axes.flatMap((a) => ['--axis', a]), '--backend', backend, '--out', out];
  const codes = await Promise.all(
    Array.from({ length: jobs }, (_, job) => {
      const shard = `${(part - 1) * jobs + job + 1}/${parts * jobs}`;
      const command = [process.argv[1] ?? '', 'sweep', ...sources, ...flags, '--shard', shard];
      const child = spawn(process.execPath, command, { stdio: ['ignore', 'inherit', 'inherit'] });
      return new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)));
    }),
  );
  return Math.max(...codes);
}
