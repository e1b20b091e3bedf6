import type { Stage } from '../types/experiment';
import type { Restart, StageDefinition } from './definition';
import { encode } from './encode';
import { factorize } from './factorize';
import { prune } from './prune';
import { quantize } from './quantize';
import { remove } from './remove';
import { repeat } from './repeat';
import { rewind } from './rewind';
import { share } from './share';
import { train } from './train';

/** Every kind of stage, in the order of the menu. */
export const stageDefinitions: readonly StageDefinition[] = [train, quantize, prune, remove, share, factorize, encode, rewind, repeat];

const byKind: ReadonlyMap<string, StageDefinition> = new Map(stageDefinitions.map((definition) => [definition.kind, definition]));

export const stageKinds: readonly string[] = stageDefinitions.map(({ kind }) => kind);

/** True for the kinds of this version, and for nothing that a prototype might answer to. */
export function isStageKind(value: unknown): boolean {
  return typeof value === 'string' && byKind.has(value);
}

/** @throws RangeError for a kind that is not in the registry */
export function stageDefinition(kind: string): StageDefinition {
  const definition = byKind.get(kind);
  if (!definition) throw new RangeError(`There is no stage called "${kind}".`);
  return definition;
}

/** Place of the last stage that is switched on and has the settings of a quantizer; −1 if there is none. */
export function lastQuantizer(stages: readonly Stage[]): number {
  return stages.findLastIndex((stage) => stage.on && stageDefinition(stage.kind).settings === quantize.settings);
}

/** Training steps of a stage; 0 for one that does not train. */
export function trainingSteps(stage: Stage): number {
  return stageDefinition(stage.kind).steps?.(stage) ?? 0;
}

/** Whether a stage trains. */
export function trains(stage: Stage): boolean {
  return stageDefinition(stage.kind).steps !== undefined;
}

/** Whether what is stored after a stage takes fewer bits, or could. */
export function compresses(stage: Stage): boolean {
  return stageDefinition(stage.kind).compresses === true;
}

/** Whether a stage removes weights by rank. */
export function prunes(stage: Stage): boolean {
  return stageDefinition(stage.kind).prunes === true;
}

/** What the training after a stage that sets the weights back starts from; undefined for other stages. */
export function restartOf(stage: Stage | undefined): Restart | undefined {
  return stage && stageDefinition(stage.kind).restart?.(stage);
}

/** The method by which a stage quantizes weights; undefined for one that leaves them as they are. */
export function weightMethodOf(stage: Stage): string | undefined {
  const method = stageDefinition(stage.kind).weightMethod?.(stage);
  return method === 'none' ? undefined : method;
}

/** Whether a stage chooses how the file stores the weights. */
export function storesModel(stage: Stage): boolean {
  return stageDefinition(stage.kind).stores === true;
}
