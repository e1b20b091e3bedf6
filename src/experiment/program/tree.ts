import { stageDefinition } from '../stages/registry';
import type { Stage } from '../types/experiment';

/**
 * A program as a tree. In an experiment it is a flat list, the tree in preorder: a `repeat` stage encloses the `of` stages after it,
 * nested repeats among them. A repeat that names more stages ends where the list or the repeat around it ends.
 */
export interface ProgramNode {
  readonly stage: Stage;
  /** Its position in the list. */
  readonly index: number;
  /** The stages that a repeat encloses; none for others. */
  readonly children: readonly ProgramNode[];
}

/** A node that an edit made: it has no position yet. */
export type Branch = Pick<ProgramNode, 'stage'> & { readonly children: readonly Branch[] };

/** Whether a stage encloses others. */
export function isRepeat(stage: Stage): boolean {
  return stageDefinition(stage.kind).repeats !== undefined;
}

/** Rounds of a repeat that is on; 1 for what runs once. */
export function roundsOf(stage: Stage): number {
  return stage.on ? Math.max(1, stageDefinition(stage.kind).repeats?.(stage).rounds ?? 1) : 1;
}

/** For each stage the position after everything that belongs to it: after itself, or after the last stage that it encloses. */
export function stageEnds(stages: readonly Stage[]): readonly number[] {
  const open: number[] = [];
  return stages.map((stage, index) => {
    while (open.length > 0 && (open.at(-1) ?? 0) <= index) open.pop();
    const enclosed = stageDefinition(stage.kind).repeats?.(stage).of ?? 0;
    const end = Math.min(open.at(-1) ?? stages.length, index + 1 + enclosed);
    open.push(end);
    return end;
  });
}

export function programTree(stages: readonly Stage[]): readonly ProgramNode[] {
  const ends = stageEnds(stages);
  const between = (from: number, to: number): readonly ProgramNode[] => {
    const nodes: ProgramNode[] = [];
    for (let index = from; index < to; ) {
      const [stage, end = index + 1] = [stages[index], ends[index]];
      if (stage) nodes.push({ stage, index, children: between(index + 1, end) });
      index = end;
    }
    return nodes;
  };
  return between(0, stages.length);
}

/** The list of a tree: every repeat names how many stages it encloses, and one that encloses none is left out. */
export function programList(tree: readonly Branch[]): readonly Stage[] {
  return tree.flatMap(({ stage, children }) => {
    if (!isRepeat(stage)) return [stage];
    const enclosed = programList(children);
    if (enclosed.length === 0) return [];
    return [stage.of === enclosed.length ? stage : { ...stage, of: enclosed.length }, ...enclosed];
  });
}

/** The places of the repeats around a stage, the outermost first. */
export function repeatsAround(stages: readonly Stage[], index: number): readonly number[] {
  const ends = stageEnds(stages);
  return ends.flatMap((end, at) => (at < index && index < end ? [at] : []));
}
