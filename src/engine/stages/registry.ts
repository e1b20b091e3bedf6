import type { StageKind } from '../../experiment/types';
import { quantizeStage } from './quantize';
import type { StageImplementation } from './stage';
import { trainStage } from './train';

export const stageImplementations: Readonly<Record<StageKind, StageImplementation>> = {
  train: trainStage,
  quantize: quantizeStage,
};
