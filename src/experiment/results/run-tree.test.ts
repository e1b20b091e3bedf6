import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultExperiment, defaultStage } from '../program/defaults';
import { setField, setStageValue, toggleStage, wrapInRepeat } from '../program/edit';
import { prefixKey, sharedStages } from '../program/prefix';
import { unroll } from '../program/unroll';
import { experimentArbitrary } from '../testing/arbitrary';
import { keptRunOf } from '../testing/kept-run';
import type { StageSummary } from '../types/events';
import type { Experiment, Stage } from '../types/experiment';
import type { KeptRun } from './kept-run';
import { type CurrentRun, pathKeys, type RunTree, runTrees, type TreeNode } from './run-tree';

const quantize = (bits: number): Stage => ({ ...defaultStage('quantize'), bits });
const train = (steps: number): Stage => ({ ...defaultStage('train'), steps });
const program = (...stages: Stage[]): Experiment => ({ ...defaultExperiment(), stages });

const summaryOf = (kind: string, stage: number, change: Partial<StageSummary> = {}): StageSummary => ({
  stage,
  kind,
  steps: 1,
  valAccuracy: 0.8,
  testAccuracy: 0.9,
  testLoss: 0.4,
  totalBits: 100,
  seconds: 1,
  ...change,
});

let made = 0;
/** A saved run, each a minute after the one before. */
function runOf(experiment: Experiment, change: Partial<StageSummary> = {}, backend: 'wasm' | 'webgpu' = 'wasm'): KeptRun {
  const stages = unroll(experiment.stages).flatMap(({ stage: { on, kind } }, step) => (on ? [summaryOf(kind, step, change)] : []));
  const createdAt = new Date(Date.UTC(2026, 0, 1, 0, made++)).toISOString();
  return keptRunOf(
    { id: `run-${made}`, createdAt },
    { experiment, stages, seed: experiment.seed, backend: { name: backend, adapter: '', reasons: [] } },
  );
}

const nothing = (experiment: Experiment): CurrentRun => ({ experiment, summaries: {}, backend: null, weights: null });

function allNodes({ children }: Pick<RunTree | TreeNode, 'children'>): readonly TreeNode[] {
  return children.flatMap((node) => [node, ...allNodes(node)]);
}

/** A node as text: "train 5 (quantize 4*, quantize 2*)", with a star where a run ends. */
const told = ({ children }: Pick<TreeNode, 'children'>): string =>
  children
    .map((node) => {
      const inner = told(node);
      return `${node.stage.kind} ${node.stage.steps ?? node.stage.bits ?? node.stage.to}${'*'.repeat(node.ends.length)}${inner ? ` (${inner})` : ''}`;
    })
    .join(', ');

describe('the tree of runs', () => {
  test('merges equal beginnings, and branches where the runs part', () => {
    const runs = [
      runOf(program(train(5), quantize(4), train(2))),
      runOf(program(train(5), quantize(2), train(2))),
      runOf(program(train(5))),
      runOf(program(train(6), quantize(2))),
    ];
    const [tree, ...others] = runTrees(runs, nothing(program(train(5))));
    expect(others).toEqual([]);
    expect(told(tree!)).toBe('train 5* (quantize 4 (train 2*), quantize 2 (train 2*)), train 6 (quantize 2*)');
    expect([tree?.runs, tree?.weights]).toEqual([4, 20]);
    const [first] = tree!.children;
    expect(first?.experiment).toEqual(program(train(5)));
    expect(first?.children[1]?.experiment.stages).toEqual([train(5), quantize(2)]);
  });

  test('the current program is there, run or not, with what is known of it', () => {
    const current = program(train(5), quantize(3));
    const [tree] = runTrees([runOf(program(train(5)))], {
      experiment: current,
      summaries: { 1: summaryOf('quantize', 1, { testAccuracy: 0.7, totalBits: 30 }) },
      backend: 'wasm',
      weights: 30,
    });
    expect(told(tree!)).toBe('train 5* (quantize 3)');
    expect(allNodes(tree!)[1]?.results).toEqual([{ testAccuracy: 0.7, totalBits: 30, seconds: 1, backends: ['wasm'] }]);
    const [bare] = runTrees([], nothing(current));
    expect(runTrees([], { ...nothing(current), weights: 30 })[0]?.weights).toBe(30);
    expect(allNodes(bare!).map(({ results }) => results)).toEqual([[], []]);
  });

  test('numbers are those of the stage; where backends differ both are reported', () => {
    const one = program(train(5));
    const runs = [
      runOf(one, { testAccuracy: 0.91 }),
      runOf(one, { testAccuracy: 0.91 }, 'webgpu'),
      runOf(program(train(5), quantize(4)), { testAccuracy: 0.92, seconds: 3 }, 'webgpu'),
    ];
    const [node] = allNodes(runTrees(runs, nothing(one))[0]!);
    expect(node?.results).toEqual([
      { testAccuracy: 0.91, totalBits: 100, seconds: 1, backends: ['wasm', 'webgpu'] },
      { testAccuracy: 0.92, totalBits: 100, seconds: 3, backends: ['webgpu'] },
    ]);
  });

  test('stages that are off are skipped, and counted between', () => {
    const off = toggleStage(program(train(5), quantize(4), train(2)), 1);
    const runs = [
      runOf(off),
      runOf({ ...off, stages: off.stages.with(1, { ...quantize(8), on: false }) }),
      runOf(program(train(5), train(2))),
    ];
    const [tree] = runTrees(runs, nothing(off));
    expect(told(tree!)).toBe('train 5 (train 2**, train 2*)');
    expect(allNodes(tree!).map(({ index, skipped }) => [index, skipped])).toEqual([
      [0, 0],
      [2, 1],
      [1, 0],
    ]);
  });

  test('each round has nodes of its own, which programs with more rounds share', () => {
    const rounds = (count: number) => setStageValue(wrapInRepeat(program(train(5), quantize(4)), 0, 2), 0, 'rounds', count);
    const [tree] = runTrees([runOf(rounds(2)), runOf(rounds(3))], nothing(rounds(3)));
    expect(told(tree!)).toBe('train 5 (quantize 4 (train 5 (quantize 4* (train 5 (quantize 4*)))))');
    const nodes = allNodes(tree!);
    expect(nodes.map(({ index, rounds: at, skipped }) => [index, ...at, skipped])).toEqual([
      [1, 1, 0],
      [2, 1, 0],
      [1, 2, 0],
      [2, 2, 0],
      [1, 3, 0],
      [2, 3, 0],
    ]);
    expect(nodes.map(({ experiment }) => prefixKey(experiment))).toEqual(nodes.map(({ key }) => key));
  });

  test('what goes back later does not change the keys of the stages before it', () => {
    const rewind: Stage = { ...defaultStage('rewind'), to: 3 };
    const [one, other] = [program(train(5), quantize(4), rewind, train(2)), program(train(5), quantize(4), train(2))];
    const [tree] = runTrees([runOf(one), runOf(other)], nothing(one));
    expect(told(tree!)).toBe('train 5 (quantize 4 (rewind 3 (train 2*), train 2*))');
    for (const { key, experiment } of allNodes(tree!)) expect(prefixKey(experiment)).toBe(key);
  });

  test('a run that only measures ends at the root', () => {
    const idle = toggleStage(program(train(5)), 0);
    const [tree] = runTrees([runOf(idle)], nothing(idle));
    expect([tree?.ends.length, tree?.children]).toEqual([1, []]);
  });

  test('another seed, model or data is another tree: the current first, then the newest', () => {
    const seeded = (seed: number) => setField(program(train(5)), 'seed', seed);
    const runs = [runOf(seeded(1)), runOf(seeded(2)), runOf(seeded(3)), runOf(seeded(1))];
    expect(runTrees(runs, nothing(seeded(2))).map(({ root }) => root.seed)).toEqual([2, 1, 3]);
    expect(runTrees(runs, nothing(seeded(9))).map(({ root, runs: count }) => [root.seed, count])).toEqual([
      [9, 0],
      [1, 2],
      [3, 1],
      [2, 1],
    ]);
  });

  test('every run is found by walking its stages, and shares exactly the nodes that it shares the stages of', () => {
    // Programs cut and joined from the same few, so that many begin alike.
    const programs = fc
      .tuple(experimentArbitrary, fc.array(fc.tuple(experimentArbitrary, fc.nat(4), fc.boolean()), { maxLength: 6 }))
      .map(([base, others]) => [
        base,
        ...others.map(([other, cut, same]) => (same ? { ...base, stages: [...base.stages.slice(0, cut), ...other.stages] } : other)),
      ]);
    fc.assert(
      fc.property(programs, fc.nat(), (experiments, at) => {
        const runs = experiments.map((experiment) => runOf(experiment));
        const current = experiments[at % experiments.length]!;
        const trees = runTrees(runs, nothing(current));
        const nodes = trees.flatMap(allNodes);
        for (const { key, experiment } of nodes) expect(prefixKey(experiment)).toBe(key);
        const byKey = new Map(nodes.map((node) => [node.key, node]));
        expect(byKey.size).toBe(nodes.length);
        expect(byKey.size).toBe(new Set(experiments.flatMap(pathKeys)).size);
        expect(trees.reduce((sum, { runs: count }) => sum + count, 0)).toBe(runs.length);
        for (const run of runs) {
          const { experiment } = run.record;
          const keys = pathKeys(experiment);
          let here: Pick<TreeNode, 'children' | 'ends'> | undefined = trees.find(({ key }) => key === prefixKey(experiment, 0));
          for (const key of keys) here = here?.children.find((child) => child.key === key);
          expect(here?.ends.map(({ id }) => id)).toContain(run.id);
          for (const other of experiments) {
            const shared = sharedStages(experiment, other);
            const common = pathKeys(other).filter((key) => keys.includes(key)).length;
            expect(common).toBe(
              unroll(experiment.stages)
                .slice(0, shared)
                .filter(({ stage: { on } }) => on).length,
            );
          }
        }
        // In whatever order the runs are given.
        expect(runTrees(runs.toReversed(), nothing(current))).toEqual(trees);
      }),
    );
  });
});
