import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { runAll } from '../engine/run/run-all';
import { unseenControl } from '../engine/training/stage-context';
import { toFragment } from '../experiment/link/url';
import { BranchKeeper } from '../experiment/results/branch-keeper';
import type { KeptRun } from '../experiment/results/kept-run';
import { parseAxis, type SweepAxis, SweepError } from '../experiment/sweep/axis';
import { branchOrder } from '../experiment/sweep/order';
import { sweepPresetById, sweepPresets } from '../experiment/sweep/presets';
import { pointsOf, type Sweep, type SweepPoint } from '../experiment/sweep/sweep';
import type { BackendName } from '../experiment/types/events';
import { onInterrupt } from './interrupt';
import type { Project } from './open';
import { openDataset, openRunBackend, say } from './open';
import { UsageError } from './problems';
import { readExperiment } from './read-experiment';
import { holdsRun, writeFailure, writeHeader, writeRun } from './sweep-folder';

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

/** A point with the values that make it, for a person: "quantize.bits=2, seed=1"; '' where nothing is varied. */
interface NamedPoint extends SweepPoint {
  readonly label: string;
}

/**
 * Runs every point of a sweep that the folder does not hold yet, one file for each; one that cannot be run is skipped and named.
 * Resolves with the exit code.
 */
export async function sweepCommand(args: SweepArguments, project: Project): Promise<number> {
  const { points, sweep } = await allPoints(args);
  const [part, parts] = parseShard(args.shard);
  await mkdir(args.out, { recursive: true });
  const ordered = branchOrder(points);
  const own = ordered.slice(Math.floor((ordered.length * (part - 1)) / parts), Math.floor((ordered.length * part) / parts));
  const possible = own.filter(({ problem }) => problem === '');
  const missing: NamedPoint[] = [];
  for (const point of possible) if (!(await holdsRun(args.out, point))) missing.push(point);
  // Not before: a folder that holds another sweep stays as it is.
  if (sweep) await writeHeader(args.out, sweep);
  if (args.jobs > 1) return spread(args, part, parts);
  for (const point of own) {
    if (point.problem === '') continue;
    await writeFailure(args.out, point, point.problem);
    say(`${named(point)} cannot be run: ${point.problem}`);
  }
  say(`${missing.length} of ${possible.length} runs to do.`);
  const code = missing.length === 0 ? 0 : await runPoints(missing, args, project);
  return code === 0 && possible.length < own.length ? 1 : code;
}

/** The points of all sources, numbered through, and the sweep that they are; null if they are not one. */
async function allPoints({ sources, settings, axes }: SweepArguments) {
  try {
    const parsed = axes.map(parseAxis);
    const points: NamedPoint[] = [];
    let sweep: Sweep | null = null;
    for (const source of sources) {
      const preset = sweepPresetById(source);
      const fragment = preset ? `#${toFragment(preset.sweep.experiment)}` : source;
      const { experiment } = await readExperiment(
        fragment,
        settings,
        sweepPresets.map(({ id }) => id),
      );
      const own = parsed.length === 0 && preset ? preset.sweep.axes : parsed;
      sweep = { name: parsed.length === 0 && preset ? preset.label : '', experiment, axes: own };
      for (const point of pointsOf(sweep)) points.push({ ...point, index: points.length, label: labelOf(own, point) });
    }
    const [first] = points;
    if (first && points.every(({ problem }) => problem !== '')) throw new UsageError(first.problem);
    return { points, sweep: sources.length === 1 && sweep && sweep.axes.length > 0 ? sweep : null };
  } catch (error) {
    throw error instanceof SweepError ? new UsageError(error.message) : error;
  }
}

function labelOf(axes: readonly SweepAxis[], { ticks }: SweepPoint): string {
  return axes.map((axis, a) => `${axis.paths.join('+')}=${axis.ticks[ticks[a] ?? 0]?.join('+')}`).join(', ');
}

function named({ index, label }: NamedPoint): string {
  return `run ${index}${label === '' ? '' : ` (${label})`}`;
}

function parseShard(text: string): readonly [part: number, parts: number] {
  const [part = 0, parts = 0] = text.split('/').map(Number);
  if (!Number.isInteger(part) || !Number.isInteger(parts) || part < 1 || part > parts) {
    throw new UsageError(`Write a shard as 2/3, the second of three parts, not "${text}".`);
  }
  return [part, parts];
}

async function runPoints(points: readonly NamedPoint[], args: SweepArguments, project: Project): Promise<number> {
  const [first] = points;
  if (!first) return 0;
  const datasets = new Set(points.map(({ experiment }) => experiment.data.dataset));
  if (datasets.size > 1) throw new UsageError('All runs of a sweep use the same dataset.');
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
      const point = points[index] as NamedPoint;
      if (index !== entered) keeper.enter(point.experiment);
      entered = index;
      keeper.take(event);
      if (event.type === 'failed') {
        failures += 1;
        const problem = `${event.message} ${event.advice}`.trim();
        await writeFailure(args.out, point, problem);
        say(`${named(point)} failed: ${problem}`);
      } else if (event.type === 'done') {
        const about = { id: `${event.record.digest.slice(0, 16)}-${point.index}`, createdAt: new Date().toISOString(), name: '', note: '' };
        const kept: KeptRun = keeper.keep(event, { ...about, origin: 'live', command: '', commit, sweep: null });
        await writeRun(args.out, point.index, kept);
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
