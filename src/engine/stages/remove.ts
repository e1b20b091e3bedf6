import { stepName } from '../../experiment/program/unroll';
import { inTitle } from '../../experiment/settings/wording';
import type { RemoveStage } from '../../experiment/stages/remove';
import type { RemovedUnits } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import { significant } from '../../numerics/measures/number-words';
import { keptUnits } from '../../numerics/pruning/kept-units';
import type { Network } from '../network/network';
import { removalDifference } from '../pruning/removal-difference';
import { rankedBy, unitScores } from '../pruning/unit-criteria';
import { type Kept, removeUnits, withoutWeights } from '../rewrites/remove-units';
import { type UnitGroup, unitGroups } from '../rewrites/unit-groups';
import { rewriteModel } from '../state/rewrite-model';
import type { StageContext } from '../training/stage-context';
import type { StageImplementation } from './stage';

/** A difference of logits up to this share of the largest logit is rounding. */
const ROUNDING = 1e-4;

/** Removes whole units, so that tensors become smaller. Masks go along; quantizers of what changes its shape are lost. */
export const removeStage: StageImplementation = {
  async *run(anyStage, context) {
    const stage = anyStage as RemoveStage;
    const { network, memory, index, experiment, feeder } = context;
    const groups = chosenGroups(stage, network);
    const name = inTitle(stepName(experiment.stages, index));
    const values = await network.read();
    const { kept, spared } = await choose(stage, groups, values, context);
    const smaller = groups.filter(({ layer, units }) => (kept[layer]?.length ?? units) < units);
    if (smaller.length === 0) {
      yield { type: 'warning', message: `${name} removes nothing: ${whyNothing(stage, network, groups)}` };
      return { steps: 0, completed: true };
    }
    const waiting = `removing units of ${smaller.map(({ layer }) => layer).join(', ')}`;
    yield { type: 'progress', stage: index, step: 0, steps: 0, epoch: 0, msPerStep: 0, waiting };
    const model = { layers: network.layers, input: network.input, values };
    const lost = await rewriteModel(network, memory, (any) => removeUnits(any, kept));
    const { difference, largest } = await removalDifference(
      { layers: model.layers, values: withoutWeights(model, kept) },
      { layers: network.layers, values: await network.read() },
      { input: network.input, seed: experiment.seed, feeder },
    );
    for (const message of warnings({ name, spared, lost, difference, largest })) yield { type: 'warning', message };
    yield { type: 'progress', stage: index, step: 0, steps: 0, epoch: 0, msPerStep: 0, waiting: '' };
    const removed: RemovedUnits = {
      layers: Object.fromEntries(smaller.map(({ layer, units }) => [layer, { kept: kept[layer]?.length ?? units, of: units }])),
      difference,
      largest,
    };
    return { steps: 0, completed: true, removed };
  },
  // How many units each layer loses is known only where layers are ranked by themselves; else these are shapes like those to come.
  async sketch(anyStage, { network }) {
    const stage = anyStage as RemoveStage;
    if (stage.criterion === 'dead') return;
    const groups = chosenGroups(stage, network);
    const { kept } = keptUnits(
      groups.map(({ units }) => new Float32Array(units)),
      stage.amount,
      'layer',
    );
    const named = Object.fromEntries(groups.map(({ layer }, g) => [layer, kept[g] as Uint32Array]));
    network.rebuild(removeUnits({ layers: network.layers, input: network.input, values: {} }, named).layers);
  },
};

/** The groups of the kind that the stage names and that its criterion can rank. */
function chosenGroups({ units, criterion }: RemoveStage, network: Network): readonly UnitGroup[] {
  const groups = unitGroups(network).filter(({ kind }) => units === 'all' || kind === units);
  return rankedBy(criterion, groups);
}

async function choose(
  stage: RemoveStage,
  groups: readonly UnitGroup[],
  values: Readonly<Record<string, Float32Array>>,
  context: StageContext,
): Promise<{ readonly kept: Kept; readonly spared: number }> {
  const scores = groups.length === 0 ? [] : await unitScores({ groups, values, settings: stage, context });
  const byName = (kept: readonly Uint32Array[]) => Object.fromEntries(groups.map(({ layer }, g) => [layer, kept[g] as Uint32Array]));
  if (stage.criterion !== 'dead') {
    const { kept, spared } = keptUnits(scores, stage.amount, stage.scope);
    return { kept: byName(kept), spared };
  }
  // Exactly the dead ones, whatever their number; where all are, the first stays.
  const alive = scores.map((layer) => Uint32Array.from(layer.keys()).filter((unit) => layer[unit] !== 0));
  return {
    kept: byName(alive.map((units) => (units.length === 0 ? Uint32Array.of(0) : units))),
    spared: alive.filter(({ length }) => length === 0).length,
  };
}

function whyNothing({ units, criterion, amount }: Stage, network: Network, groups: readonly UnitGroup[]): string {
  const what = units === 'all' ? 'units' : String(units);
  if (groups.length > 0)
    return criterion === 'dead' ? 'no unit has only weights that are 0.' : `${amount} % of the ${what} of a layer is less than one.`;
  const kinds = unitGroups(network);
  if (kinds.length === 0) return 'the network has no hidden layer, and the units of the output layer always stay.';
  if (criterion === 'gamma') return 'no layer of that kind has batch norm. Choose another criterion.';
  return `the network has no ${what} that could be removed.`;
}

function warnings(found: {
  readonly name: string;
  readonly spared: number;
  readonly lost: readonly string[];
  readonly difference: number;
  readonly largest: number;
}): readonly string[] {
  const { name, spared, lost, difference, largest } = found;
  const list: string[] = [];
  if (spared > 0) list.push(`${name} removes fewer units than asked, ${spared} fewer: every layer keeps at least one.`);
  if (lost.length > 0) {
    const places = lost.map((place) => place.replace(/\/kernel$/, '')).join(', ');
    list.push(
      `Removing units also removed the quantizers of ${places}, because these were fitted to other tensors. Quantize again after it.`,
    );
  }
  if (difference > ROUNDING * largest)
    list.push(
      `${name}: the outputs of the smaller network differ from those of the masked one by up to ${significant(difference)} (largest output: ${significant(largest)}). A removed filter left a constant behind, and convolutions pad their borders with 0 instead of it. Training after this stage adapts to it.`,
    );
  return list;
}
