import type { RunTree, StageResult, TreeNode } from '../../experiment/results/run-tree';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Stage } from '../../experiment/types/experiment';
import { bytesShort, duration, fixed, percent } from '../../numerics/measures/number-words';
import { backendLabel } from '../labels';

/** What is said of a stage in the tree. */

/**
 * A stage as a label and the rest of its sentence: "Quantize", "weights to 4 bits, per layer, STE"; in a repeat its
 * label names the round, "Prune, round 2".
 */
export function stageWords(stage: Stage, rounds: readonly number[] = []): { readonly label: string; readonly rest: string } {
  const { label, sentence } = stageDefinition(stage.kind);
  const text = sentence(stage);
  const named = [label, ...rounds.map((round) => `round ${round}`)].join(', ');
  return { label: named, rest: text.startsWith(`${stage.kind} `) ? text.slice(stage.kind.length + 1) : text };
}

/** "97.62 % · 4.1 bits per weight · 137 kB"; where runs differ all of them, with their backends. */
export function resultWords(results: readonly StageResult[], weights: number | null): readonly string[] {
  return results.map(({ testAccuracy, totalBits, backends }) => {
    const size = [...(weights ? [`${fixed(totalBits / weights, 2)} bits per weight`] : []), bytesShort(totalBits / 8)];
    const where = results.length > 1 ? [`on ${backends.map(backendLabel).join(' and ')}`] : [];
    return [percent(testAccuracy, 2), ...size, ...where].join(' · ');
  });
}

export type Readiness = 'held' | 'trains' | 'new';

/** Whether a program that begins with these stages continues after them at once. @param path from the first stage to this one */
export function readiness(path: readonly TreeNode[], held: ReadonlySet<string>): { readonly kind: Readiness; readonly words: string } {
  const node = path.at(-1);
  if (node && held.has(node.key)) return { kind: 'held', words: 'continues at once' };
  if (!node || node.results.length === 0) return { kind: 'new', words: 'not run yet' };
  const first = path.findLastIndex(({ key }) => held.has(key)) + 1;
  const seconds = path.slice(first).map(({ results }) => results[0]?.seconds ?? Number.NaN);
  const took = seconds.reduce((a, b) => a + b, 0);
  return { kind: 'trains', words: Number.isNaN(took) ? 'needs retraining' : `needs retraining (about ${duration(took)})` };
}

/** The stages on the way to each stage, by its key. */
export function pathsOf({ children }: RunTree): ReadonlyMap<string, readonly TreeNode[]> {
  const paths = new Map<string, readonly TreeNode[]>();
  const walk = (nodes: readonly TreeNode[], before: readonly TreeNode[]) => {
    for (const node of nodes) {
      const path = [...before, node];
      paths.set(node.key, path);
      walk(node.children, path);
    }
  };
  walk(children, []);
  return paths;
}

/** What is drawn in a column left of a stage: a line that passes, the fork to it with more below, or the last fork. */
export type Rail = 'blank' | 'line' | 'fork' | 'last';

export interface Rails {
  readonly before: readonly Rail[];
  /** A line from the stage above, in its own column. */
  readonly up: boolean;
  readonly down: boolean;
}

/** Lines of every stage by its key. A single stage after another is in the same column; several are in the next. */
export function treeRails({ children }: RunTree): ReadonlyMap<string, Rails> {
  const rails = new Map<string, Rails>();
  const place = (nodes: readonly TreeNode[], columns: readonly Rail[]) => {
    const [only] = nodes;
    if (nodes.length === 1 && only) {
      rails.set(only.key, { before: columns, up: true, down: only.children.length > 0 });
      place(only.children, columns);
      return;
    }
    for (const [i, node] of nodes.entries()) {
      const last = i === nodes.length - 1;
      rails.set(node.key, { before: [...columns, last ? 'last' : 'fork'], up: false, down: node.children.length > 0 });
      place(node.children, [...columns, last ? 'blank' : 'line']);
    }
  };
  place(children, []);
  return rails;
}
