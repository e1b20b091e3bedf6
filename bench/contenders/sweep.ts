/** Runs of a sweep, saved, in three ways: by the page's worker, by the command line, and each by itself. */
import { join, sep } from 'node:path';
import { fileSource } from '../../src/cli/open';
import { loadDataset } from '../../src/datasets/load';
import type { Dataset } from '../../src/datasets/types';
import { openBackend } from '../../src/engine/backends/backend';
import { runAll } from '../../src/engine/run/run-all';
import { run } from '../../src/engine/run/session';
import { unseenControl } from '../../src/engine/training/stage-context';
import { fromFragment, toFragment } from '../../src/experiment/link/url';
import { BranchKeeper } from '../../src/experiment/results/branch-keeper';
import type { KeptRun } from '../../src/experiment/results/kept-run';
import { parseAxis } from '../../src/experiment/sweep/axis';
import { branchOrder, stepsToTrain } from '../../src/experiment/sweep/order';
import { pointsOf } from '../../src/experiment/sweep/sweep';
import type { BackendInfo } from '../../src/experiment/types/events';
import type { Experiment } from '../../src/experiment/types/experiment';
import type { Message } from '../../src/worker/protocol';
import { Runner } from '../../src/worker/runner';

/** `page`: what the worker does for the page, messages included. `command`: what the command line does, without its files. */
export type Way = 'page' | 'command' | 'alone';

export interface SweepJob {
  /** Fragment of the experiment. */
  readonly link: string;
  readonly axis: string;
}

export interface SweepTiming {
  readonly ms: number;
  readonly runs: number;
  /** Training steps of the runs if each is run by itself, and of the sweep. */
  readonly stepsAlone: number;
  readonly stepsShared: number;
  /** Of the results, in the order of the points: the same in every way. */
  readonly digests: readonly string[];
}

/** @param root of the project, where images and WebAssembly files are */
export function sweepContender(root: string) {
  const wasmPaths = join(root, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist') + sep;
  let opened: Promise<{ readonly dataset: Dataset; readonly backend: BackendInfo }> | undefined;
  const open = async () => {
    const dataset = await loadDataset('mnist', fileSource(join(root, 'public', 'data')));
    await Promise.all([dataset.ready(dataset.train.count), dataset.testReady()]);
    return { dataset, backend: await openBackend({ only: 'wasm', wasmPaths }) };
  };
  return {
    async run(way: Way, { link, axis }: SweepJob): Promise<SweepTiming> {
      opened ??= open();
      const { dataset, backend } = await opened;
      // A page of its own for each round: the checkpoints of the one before would spare it the training.
      const page = way === 'page' ? await openPage(dataset, wasmPaths) : async () => [];
      const points = branchOrder(pointsOf({ name: '', experiment: fromFragment(link).experiment, axes: [parseAxis(axis)] }));
      const experiments = points.map(({ experiment }) => experiment);
      const ways = {
        page: () => page(experiments),
        command: () => command(experiments, dataset, backend),
        alone: () => alone(experiments, dataset, backend),
      };
      const started = performance.now();
      const digests = await ways[way]();
      const ms = performance.now() - started;
      if (digests.length !== points.length) throw new Error(`${points.length - digests.length} runs of the sweep failed.`);
      const stepsAlone = points.reduce((sum, point) => sum + stepsToTrain([point]), 0);
      return { ms, runs: points.length, stepsAlone, stepsShared: stepsToTrain(points), digests };
    },
  };
}

/** Runs experiments and gives the digests of those that finished. */
type Page = (experiments: readonly Experiment[]) => Promise<string[]>;

/** The worker's side of the page. Messages are copied, as on their way to the page. */
async function openPage(dataset: Dataset, wasmPaths: string): Promise<Page> {
  let hear = (_message: Message) => {};
  const runner = new Runner((message) => hear(structuredClone(message)), { get: async () => dataset, forget: () => {} }, wasmPaths);
  await runner.open('wasm');
  let sweeps = 0;
  return async (experiments) => {
    const digests: string[] = [];
    hear = (message) => {
      if (message.type === 'sweepPoint' && 'run' in message.result) digests[message.index] = message.result.run.record.digest;
    };
    runner.sweeper.start(
      String(++sweeps),
      experiments.map((experiment, index) => ({ index, experiment })),
    );
    await runner.sweeper.ended();
    return digests;
  };
}

async function command(experiments: readonly Experiment[], dataset: Dataset, backend: BackendInfo): Promise<string[]> {
  const keeper = new BranchKeeper();
  const about = { id: '0', createdAt: '', name: '', note: '', origin: 'recorded', command: '', commit: '', sweep: null } as const;
  const kept: string[] = [];
  let entered = -1;
  const optionsOf = (experiment: Experiment) => ({ backend, url: `#${toFragment(experiment)}`, control: unseenControl() });
  for await (const { index, event } of runAll(experiments, dataset, optionsOf)) {
    if (index !== entered) keeper.enter(experiments[index] as Experiment);
    entered = index;
    keeper.take(event);
    if (event.type === 'done') kept.push(JSON.stringify(keeper.keep(event, about)));
  }
  return kept.map((text) => (JSON.parse(text) as KeptRun).record.digest);
}

/** Each run by itself, and nothing of it saved. */
async function alone(experiments: readonly Experiment[], dataset: Dataset, backend: BackendInfo): Promise<string[]> {
  const digests: string[] = [];
  for (const experiment of experiments)
    for await (const event of run(experiment, dataset, { backend, url: '', control: unseenControl() }))
      if (event.type === 'done') digests.push(event.record.digest);
  return digests;
}
