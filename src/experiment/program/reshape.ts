import type { Stage } from '../types/experiment';
import { type Branch, isRepeat, type ProgramNode, programList, programTree } from './tree';

/**
 * Changes of the order of a program's stages, made on its tree: a repeat grows with what comes into it, shrinks with what goes, and
 * goes with its last stage. Pure, on lists; where a change makes no sense, undefined.
 */
type Reshaped = readonly Stage[] | undefined;

/** The stage before the one at `at`, beside it; at the end where there is none. */
export function insertedStage(stages: readonly Stage[], stage: Stage, at: number): readonly Stage[] {
  return programList(inserted(programTree(stages), at, leaf(stage)));
}

/** Without the stage at this index; the stages of a repeat stay. */
export function removedStage(stages: readonly Stage[], index: number): Reshaped {
  return reshaped(stages, index, (siblings, at) => siblings.toSpliced(at, 1, ...(siblings[at]?.children ?? [])));
}

/** The stage at `from` taken out, with all that it encloses, and put where `to` then is, beside the stage there. */
export function movedStage(stages: readonly Stage[], from: number, to: number): Reshaped {
  const tree = programTree(stages);
  const moved = nodeAt(tree, from);
  if (!moved || from === to || to < 0 || to > stages.length - sizeOf(moved)) return undefined;
  const rest = mapSiblings(tree, from, (siblings, at) => siblings.toSpliced(at, 1));
  // A repeat in which it stood alone goes with it, so that there may be fewer positions.
  const list = programList(rest);
  return programList(inserted(programTree(list), Math.min(to, list.length), moved));
}

/** A copy of the stage after it, with copies of all that it encloses. */
export function duplicatedStage(stages: readonly Stage[], index: number): Reshaped {
  return reshaped(stages, index, (siblings, at) => siblings.toSpliced(at + 1, 0, ...siblings.slice(at, at + 1).map(copyOf)));
}

/**
 * `count` stages from this one on enclosed by the repeat. They are stages side by side, with all that belongs to them: a range that
 * ends inside of a repeat ends after it, and one that goes past the end of the repeat around it ends there.
 */
export function wrappedStages(stages: readonly Stage[], repeat: Stage, from: number, count: number): Reshaped {
  if (count < 1) return undefined;
  return reshaped(stages, from, (siblings, at) => {
    const end = siblings.findIndex(({ index }, i) => i > at && index >= from + count);
    const enclosed = siblings.slice(at, end < 0 ? siblings.length : end);
    return siblings.toSpliced(at, enclosed.length, { stage: repeat, index: -1, children: enclosed });
  });
}

/** This repeat in the place of the one at this index, around as many stages as it names: whole ones, as when it is put there. */
export function rewrapped(stages: readonly Stage[], repeat: Stage, index: number): Reshaped {
  const bare = removedStage(stages, index);
  return bare && wrappedStages(bare, repeat, index, Number(repeat.of));
}

/** The stage after the repeat at this index taken into it. */
export function takenIn(stages: readonly Stage[], index: number): Reshaped {
  if (!canTakeIn(stages, index)) return undefined;
  return reshaped(stages, index, (siblings, at) => {
    const [node, ...next] = siblings.slice(at, at + 2);
    return node ? siblings.toSpliced(at, 2, { ...node, children: [...node.children, ...next] }) : siblings;
  });
}

/** The last stage of the repeat at this index put after it. */
export function leftOut(stages: readonly Stage[], index: number): Reshaped {
  if (!canLeaveOut(stages, index)) return undefined;
  return reshaped(stages, index, (siblings, at) => {
    const node = siblings[at];
    return node ? siblings.toSpliced(at, 1, { ...node, children: node.children.slice(0, -1) }, ...node.children.slice(-1)) : siblings;
  });
}

/** Whether there is a stage after the repeat at this index that it could take in. */
export function canTakeIn(stages: readonly Stage[], index: number): boolean {
  const position = positionOf(programTree(stages), index);
  const node = position?.siblings[position.at];
  return node !== undefined && isRepeat(node.stage) && (position?.siblings[position.at + 1] ?? null) !== null;
}

/** Whether the repeat at this index encloses more than one stage. */
export function canLeaveOut(stages: readonly Stage[], index: number): boolean {
  return (nodeAt(programTree(stages), index)?.children.length ?? 0) > 1;
}

type Change = (siblings: readonly ProgramNode[], at: number) => readonly ProgramNode[];

function reshaped(stages: readonly Stage[], index: number, change: Change): Reshaped {
  return stages[index] && programList(mapSiblings(programTree(stages), index, change));
}

/** The stages beside the one at this index, itself among them. */
function positionOf(
  nodes: readonly ProgramNode[],
  index: number,
): { readonly siblings: readonly ProgramNode[]; readonly at: number } | undefined {
  const at = nodes.findIndex((node) => node.index === index);
  if (at >= 0) return { siblings: nodes, at };
  return nodes.map(({ children }) => positionOf(children, index)).find((position) => position !== undefined);
}

function nodeAt(nodes: readonly ProgramNode[], index: number): ProgramNode | undefined {
  const position = positionOf(nodes, index);
  return position?.siblings[position.at];
}

function mapSiblings(nodes: readonly ProgramNode[], index: number, change: Change): readonly ProgramNode[] {
  const at = nodes.findIndex((node) => node.index === index);
  if (at >= 0) return change(nodes, at);
  return nodes.map((node) => ({ ...node, children: mapSiblings(node.children, index, change) }));
}

function inserted(tree: readonly ProgramNode[], index: number, added: ProgramNode): readonly Branch[] {
  if (!nodeAt(tree, index)) return [...tree, added];
  return mapSiblings(tree, index, (siblings, at) => siblings.toSpliced(at, 0, added));
}

function leaf(stage: Stage): ProgramNode {
  return { stage, index: -1, children: [] };
}

function copyOf({ stage, children }: ProgramNode): ProgramNode {
  return { stage: { ...stage }, index: -1, children: children.map(copyOf) };
}

function sizeOf(node: ProgramNode): number {
  return programList([node]).length;
}
