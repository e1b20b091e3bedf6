import type { StageKind } from '../types';
import type { StageDefinition } from './definition';
import { quantize } from './quantize';
import { train } from './train';

/** Every kind of stage, in the order of the menu. */
export const stageDefinitions: Readonly<Record<StageKind, StageDefinition>> = { train, quantize };

export const stageKinds = Object.keys(stageDefinitions) as readonly StageKind[];

/** True for the kinds of this version, and for nothing that a prototype might answer to. */
export function isStageKind(value: unknown): value is StageKind {
  return typeof value === 'string' && Object.hasOwn(stageDefinitions, value);
}
