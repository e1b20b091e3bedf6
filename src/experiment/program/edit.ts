import { dataSettings, datasetShape } from '../methods/data';
import { fittingModel, modelSettings } from '../methods/models/registry';
import { changeOnly, changeValue } from '../settings/block';
import type { Setting, Values } from '../settings/setting';
import { nearestValue } from '../settings/value';
import { compresses, stageDefinition, trains } from '../stages/registry';
import type { DataBlock, Experiment, ModelBlock, Stage } from '../types/experiment';
import { cleanName, isChecksum, STAGE_LIMIT, seedSetting } from '../types/experiment';
import { defaultData, defaultStage } from './defaults';
import { enclosing, withinReach, withinSteps } from './repair';
import { duplicatedStage, insertedStage, leftOut, movedStage, removedStage, rewrapped, takenIn, wrappedStages } from './reshape';
import { isRepeat, programList, programTree, stageEnds } from './tree';

/**
 * Edits of an experiment. Pure: each returns a valid experiment and shares what it did not change. A value out of range becomes the
 * nearest valid one; an edit that makes no sense (a stage that is not there) returns the experiment itself.
 */

/** Changes the title or the seed. */
export function setField(experiment: Experiment, field: 'name' | 'seed', value: unknown): Experiment {
  if (field === 'name') return { ...experiment, name: typeof value === 'string' ? cleanName(value) : experiment.name };
  return { ...experiment, seed: nearestValue(seedSetting, value) as number };
}

/** Changes a value of the data block. Choosing 'own' needs `setOwnData`, which brings the checksum. */
export function setDataValue(experiment: Experiment, key: string, value: unknown): Experiment {
  if (key === 'dataset' && value === 'own' && experiment.data.dataset !== 'own') return experiment;
  const block = changeValue(dataSettings, experiment.data, key, value);
  const checksum = block.dataset === 'own' ? experiment.data.checksum : '';
  return fitted({ ...experiment, data: { ...block, checksum } as DataBlock });
}

/** Names own data by the SHA-256 (64 hexadecimal digits) of its bytes. */
export function setOwnData(experiment: Experiment, checksum: string): Experiment {
  const lower = checksum.toLowerCase();
  if (!isChecksum(lower)) return experiment;
  return { ...experiment, data: { ...defaultData(), ...experiment.data, dataset: 'own', checksum: lower } };
}

/** Changes the model (`id`) or one of its settings. */
export function setModelValue(experiment: Experiment, key: string, value: unknown): Experiment {
  return fitted({ ...experiment, model: changeValue(modelSettings, experiment.model, key, value) as ModelBlock });
}

/** Changes a setting of the stage at this index; a new method keeps the values that a person chose. */
export function setStageValue(experiment: Experiment, index: number, key: string, value: unknown): Experiment {
  return withBlock(experiment, index, (stage, table) => changeValue(table, stage, key, value));
}

/** The same, with all other values unchanged where possible: for a run beside this one. */
export function setOnlyStageValue(experiment: Experiment, index: number, key: string, value: unknown): Experiment {
  return withBlock(experiment, index, (stage, table) => changeOnly(table, stage, key, value));
}

/**
 * Puts a default stage before the one at `at`, beside it, or at the end. A repeat encloses the stage at `at`, or at the end what one
 * would repeat: the training before a compression, with both, else the last stage. A full program stays as it is.
 */
export function addStage(experiment: Experiment, kind: string, at = experiment.stages.length): Experiment {
  const { stages } = experiment;
  if (stages.length >= STAGE_LIMIT) return experiment;
  const position = Math.min(stages.length, Math.max(0, Math.trunc(at) || 0));
  const stage = defaultStage(kind);
  if (!isRepeat(stage)) return withStages(experiment, insertedStage(stages, stage, position));
  const round = position < stages.length ? 1 : lastRound(stages);
  return withStages(experiment, wrappedStages(stages, stage, Math.min(position, stages.length - round), round));
}

/** How many of the last stages make a round: one that trains, one that compresses and perhaps a way back; else the last one. */
function lastRound(stages: readonly Stage[]): number {
  const tree = programTree(stages);
  const back = tree.at(-1)?.stage;
  const marked = back && stageDefinition(back.kind).mark ? 1 : 0;
  const [training, compression] = tree.slice(0, tree.length - marked).slice(-2);
  if (training && compression && trains(training.stage) && compresses(compression.stage)) return 2 + marked;
  return programList(tree.slice(-1)).length;
}

/**
 * Encloses `count` stages from this one on in a repeat: stages side by side, with all that belongs to them. A range that ends inside
 * of a repeat ends after it, and one that goes past the end of the repeat around it ends there.
 */
export function wrapInRepeat(experiment: Experiment, from: number, count: number): Experiment {
  const { stages } = experiment;
  if (stages.length >= STAGE_LIMIT) return experiment;
  return withStages(experiment, wrappedStages(stages, defaultStage('repeat'), from, count), from);
}

/** Takes the stage after the repeat at this index into it, as its last one. */
export function takeInNext(experiment: Experiment, index: number): Experiment {
  return withStages(experiment, takenIn(experiment.stages, index), index);
}

/** Leaves the last stage of the repeat at this index out: it comes after it. */
export function leaveLastOut(experiment: Experiment, index: number): Experiment {
  return withStages(experiment, leftOut(experiment.stages, index));
}

/** Takes a stage away. The stages of a repeat stay, and run once. */
export function removeStage(experiment: Experiment, index: number): Experiment {
  return withStages(experiment, removedStage(experiment.stages, index));
}

/** Takes away the stages after the one at this index, and after all that it encloses. */
export function cutBehind(experiment: Experiment, index: number): Experiment {
  const end = stageEnds(experiment.stages)[index];
  if (end === undefined || end >= experiment.stages.length) return experiment;
  return withStages(experiment, enclosing(experiment.stages.slice(0, end)));
}

/**
 * Takes the stage at `from` out, a repeat with all that it encloses, and puts it where `to` then is: beside the stage that is
 * there, and inside of the same repeat.
 */
export function moveStage(experiment: Experiment, from: number, to: number): Experiment {
  return withStages(experiment, movedStage(experiment.stages, from, to));
}

/** Puts a copy after the stage and all that it encloses. A full program stays as it is. */
export function duplicateStage(experiment: Experiment, index: number): Experiment {
  const stages = duplicatedStage(experiment.stages, index);
  return stages && stages.length > STAGE_LIMIT ? experiment : withStages(experiment, stages);
}

/**
 * The experiment with these stages, with few enough rounds for one run, and going back only to steps that it has done.
 * @param first the repeat that loses rounds first
 */
function withStages(experiment: Experiment, stages: readonly Stage[] | undefined, first = -1): Experiment {
  return stages ? { ...experiment, stages: withinReach(withinSteps(stages, first)) } : experiment;
}

/** Switches a stage off or on. A repeat that is off runs its stages once. */
export function toggleStage(experiment: Experiment, index: number): Experiment {
  const { stages } = experiment;
  const stage = stages[index];
  return withStages(experiment, stage && stages.with(index, { ...stage, on: !stage.on }), index);
}

function withBlock(experiment: Experiment, index: number, change: (stage: Stage, table: readonly Setting[]) => Values): Experiment {
  const stage = experiment.stages[index];
  if (!stage) return experiment;
  const changed = { kind: stage.kind, on: stage.on, ...change(stage, stageDefinition(stage.kind).settings) };
  const { stages } = experiment;
  return withStages(experiment, isRepeat(stage) ? rewrapped(stages, changed, index) : stages.with(index, changed), index);
}

/** The experiment with a model that fits its images, as far as their shape is known. */
function fitted(experiment: Experiment): Experiment {
  const shape = datasetShape(experiment.data.dataset);
  const model = shape ? fittingModel(experiment.model, shape.input, shape.classes) : experiment.model;
  return model === experiment.model ? experiment : { ...experiment, model };
}
