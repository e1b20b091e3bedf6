import { firstSteps, prefixKey } from '../program/prefix';
import { unroll } from '../program/unroll';
import type { BackendName, StageSummary } from '../types/events';
import type { Experiment, Stage } from '../types/experiment';
import type { KeptRun } from './kept-run';

/** What was measured after a stage: runs that agree share one. */
export interface StageResult {
  /** 0 … 1. */
  readonly testAccuracy: number;
  readonly totalBits: number;
  /** Of the first run that said so. */
  readonly seconds: number;
  readonly backends: readonly BackendName[];
}

/** A stage in one of its rounds, after all those before it. */
export interface TreeNode {
  /** `prefixKey` of the experiment after this stage. */
  readonly key: string;
  /** Data, model, seed and the stages up to this one. */
  readonly experiment: Experiment;
  readonly stage: Stage;
  /** Its position in the program, from 0: in the first one that came here. */
  readonly index: number;
  /** The round of each repeat around it there, from 1. Programs with more rounds and with fewer share it. */
  readonly rounds: readonly number[];
  /** Stages that are switched off between the one before and this one. */
  readonly skipped: number;
  /** What the runs measured here, the first that was said first; more than one where backends differ. */
  readonly results: readonly StageResult[];
  /** Runs that end here, the oldest first. */
  readonly ends: readonly KeptRun[];
  /** The oldest first. */
  readonly children: readonly TreeNode[];
}

/** Everything that was run on the same data with the same model and seed. */
export interface RunTree {
  readonly key: string;
  /** Data, model and seed, without stages. */
  readonly root: Experiment;
  readonly children: readonly TreeNode[];
  /** Of the model, as its ledger counts them; null if no run has reported it. */
  readonly weights: number | null;
  /** Runs that do nothing but measure. */
  readonly ends: readonly KeptRun[];
  readonly runs: number;
}

/** The program on the screen, with what is known of its stages. */
export interface CurrentRun {
  readonly experiment: Experiment;
  /** By step of the run. */
  readonly summaries: Readonly<Record<number, StageSummary>>;
  readonly backend: BackendName | null;
  /** Of its model; null before it was counted. */
  readonly weights: number | null;
}

interface Growing<Node> {
  readonly ends: KeptRun[];
  readonly children: Map<string, Node>;
}
interface GrowingNode extends Growing<GrowingNode>, Omit<TreeNode, 'children' | 'ends' | 'results'> {
  readonly results: (StageResult & { backends: BackendName[] })[];
}
interface GrowingTree extends Growing<GrowingNode> {
  readonly key: string;
  readonly root: Experiment;
  weights: number | null;
  runs: number;
}

/**
 * The runs as trees, in which programs that begin alike share their first stages: that of the current program first, then those with
 * the newest runs. Stages that are switched off are skipped.
 */
export function runTrees(runs: readonly KeptRun[], current: CurrentRun): readonly RunTree[] {
  const trees = new Map<string, GrowingTree>();
  for (const run of runs.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id))) {
    const { experiment, stages, backend, ledger } = run.record;
    const tree = treeOf(trees, experiment);
    tree.runs += 1;
    tree.weights = ledger.weights;
    const summaries = Object.fromEntries(stages.map((summary) => [summary.stage, summary]));
    grow(tree, experiment, summaries, backend.name).ends.push(run);
    // The tree with the newest run comes last.
    trees.delete(tree.key);
    trees.set(tree.key, tree);
  }
  const own = treeOf(trees, current.experiment);
  grow(own, current.experiment, current.summaries, current.backend);
  own.weights ??= current.weights;
  const others = [...trees.values()].filter((tree) => tree !== own).reverse();
  return [own, ...others].map(({ children, ...tree }) => ({ ...tree, children: grown(children) }));
}

/** The keys of the steps of an experiment that are on, the first first. */
export function pathKeys(experiment: Experiment): readonly string[] {
  return unroll(experiment.stages).flatMap(({ stage }, number) => (stage.on ? [prefixKey(experiment, number + 1)] : []));
}

function treeOf(trees: Map<string, GrowingTree>, experiment: Experiment): GrowingTree {
  const key = prefixKey(experiment, 0);
  const held = trees.get(key);
  if (held) return held;
  const tree: GrowingTree = { key, root: { ...experiment, name: '', stages: [] }, children: new Map(), ends: [], weights: null, runs: 0 };
  trees.set(key, tree);
  return tree;
}

/** Walks the program's steps from the root, and makes those that are not there. Gives where it ends. */
function grow(
  tree: GrowingTree,
  experiment: Experiment,
  summaries: Readonly<Record<number, StageSummary>>,
  backend: BackendName | null,
): Growing<GrowingNode> {
  let at: Growing<GrowingNode> = tree;
  let before = -1;
  for (const [number, { stage, index, rounds }] of unroll(experiment.stages).entries()) {
    if (!stage.on) continue;
    const key = prefixKey(experiment, number + 1);
    let node = at.children.get(key);
    if (!node) {
      const prefix = { ...experiment, name: '', stages: firstSteps(experiment.stages, number + 1) };
      const skipped = number - before - 1;
      node = { key, experiment: prefix, stage, index, rounds, skipped, results: [], ends: [], children: new Map() };
      at.children.set(key, node);
    }
    const summary = summaries[number];
    if (summary?.kind === stage.kind && backend) addResult(node, summary, backend);
    at = node;
    before = number;
  }
  return at;
}

function addResult({ results }: GrowingNode, summary: StageSummary, backend: BackendName): void {
  const { testAccuracy, totalBits, seconds } = summary;
  const same = results.find((result) => result.testAccuracy === testAccuracy && result.totalBits === totalBits);
  if (!same) results.push({ testAccuracy, totalBits, seconds, backends: [backend] });
  else if (!same.backends.includes(backend)) same.backends.push(backend);
}

function grown(children: ReadonlyMap<string, GrowingNode>): readonly TreeNode[] {
  return [...children.values()].map((node) => ({ ...node, children: grown(node.children) }));
}
