import { encodeStage } from './encode';
import { factorizeStage } from './factorize';
import { pruneStage } from './prune';
import { quantizeStage } from './quantize';
import { removeStage } from './remove';
import { rewindStage } from './rewind';
import { shareStage } from './share';
import type { StageImplementation } from './stage';
import { trainStage } from './train';

/** What the kinds of stages do. A new kind is one file and one line here (and its table in experiment/stages). */
const implementations: Readonly<Record<string, StageImplementation>> = {
  train: trainStage,
  quantize: quantizeStage,
  prune: pruneStage,
  remove: removeStage,
  share: shareStage,
  factorize: factorizeStage,
  encode: encodeStage,
  rewind: rewindStage,
};

/** @throws RangeError for a kind without an implementation */
export function stageImplementation(kind: string): StageImplementation {
  const found = Object.hasOwn(implementations, kind) ? implementations[kind] : undefined;
  if (!found) throw new RangeError(`There is no implementation of a stage called "${kind}".`);
  return found;
}
