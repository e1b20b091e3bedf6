import { changeOnly, changeValue } from './block';
import { dataParameters, datasetShape } from './data';
import { defaultData, defaultStage } from './defaults';
import { fittingModel, modelParameters } from './models/registry';
import { stageDefinition } from './stages/registry';
import { cleanName, isChecksum, STAGE_LIMIT, seedParameter } from './top-level';
import type { DataBlock, Experiment, ModelBlock, Stage } from './types';
import { nearestValue } from './value';

/**
 * Edits of an experiment. Pure: each returns a valid experiment and shares what it did not change. A value out of range becomes the
 * nearest valid one; an edit that makes no sense (a stage that is not there) returns the experiment itself.
 */

/** Changes the title or the seed. */
export function setField(experiment: Experiment, field: 'name' | 'seed', value: unknown): Experiment {
  if (field === 'name') return { ...experiment, name: typeof value === 'string' ? cleanName(value) : experiment.name };
  return { ...experiment, seed: nearestValue(seedParameter, value) as number };
}

/** Changes a value of the data block. Choosing 'own' needs `setOwnData`, which brings the checksum. */
export function setDataValue(experiment: Experiment, key: string, value: unknown): Experiment {
  if (key === 'dataset' && value === 'own' && experiment.data.dataset !== 'own') return experiment;
  const block = changeValue(dataParameters, experiment.data, key, value);
  const checksum = block.dataset === 'own' ? experiment.data.checksum : '';
  return fitted({ ...experiment, data: { ...block, checksum } as DataBlock });
}

/** Names a person's own data by the SHA-256 (64 hexadecimal digits) of its bytes. */
export function setOwnData(experiment: Experiment, checksum: string): Experiment {
  const lower = checksum.toLowerCase();
  if (!isChecksum(lower)) return experiment;
  return { ...experiment, data: { ...defaultData(), ...experiment.data, dataset: 'own', checksum: lower } };
}

/** Changes the model (`id`) or one of its parameters. */
export function setModelValue(experiment: Experiment, key: string, value: unknown): Experiment {
  return fitted({ ...experiment, model: changeValue(modelParameters, experiment.model, key, value) as ModelBlock });
}

/** Changes a parameter of the stage at this index; a new method keeps the values that a person chose. */
export function setStageValue(experiment: Experiment, index: number, key: string, value: unknown): Experiment {
  return withStage(experiment, index, (stage) => [
    { kind: stage.kind, on: stage.on, ...changeValue(stageDefinition(stage.kind).parameters, stage, key, value) },
  ]);
}

/** The same, with every other value kept that can be: for a run beside this one. */
export function setOnlyStageValue(experiment: Experiment, index: number, key: string, value: unknown): Experiment {
  return withStage(experiment, index, (stage) => [
    { kind: stage.kind, on: stage.on, ...changeOnly(stageDefinition(stage.kind).parameters, stage, key, value) },
  ]);
}

/** Puts a default stage before the one at `at`, or at the end. A full program stays as it is. */
export function addStage(experiment: Experiment, kind: string, at = experiment.stages.length): Experiment {
  if (experiment.stages.length >= STAGE_LIMIT) return experiment;
  const place = Math.min(experiment.stages.length, Math.max(0, Math.trunc(at) || 0));
  return { ...experiment, stages: experiment.stages.toSpliced(place, 0, defaultStage(kind)) };
}

export function removeStage(experiment: Experiment, index: number): Experiment {
  return withStage(experiment, index, () => []);
}

/** Takes away the stages behind the one at this index. */
export function cutBehind(experiment: Experiment, index: number): Experiment {
  return index < 0 || index >= experiment.stages.length - 1 ? experiment : { ...experiment, stages: experiment.stages.slice(0, index + 1) };
}

/** Takes the stage at `from` out and puts it where `to` then is. */
export function moveStage(experiment: Experiment, from: number, to: number): Experiment {
  const { stages } = experiment;
  const stage = stages[from];
  if (!stage || from === to || to < 0 || to >= stages.length) return experiment;
  return { ...experiment, stages: stages.toSpliced(from, 1).toSpliced(to, 0, stage) };
}

/** Puts a copy behind the stage. A full program stays as it is. */
export function duplicateStage(experiment: Experiment, index: number): Experiment {
  if (experiment.stages.length >= STAGE_LIMIT) return experiment;
  return withStage(experiment, index, (stage) => [stage, { ...stage }]);
}

/** Switches a stage off or on. */
export function toggleStage(experiment: Experiment, index: number): Experiment {
  return withStage(experiment, index, (stage) => [{ ...stage, on: !stage.on }]);
}

function withStage(experiment: Experiment, index: number, change: (stage: Stage) => readonly Stage[]): Experiment {
  const stage = experiment.stages[index];
  if (!stage) return experiment;
  return { ...experiment, stages: experiment.stages.toSpliced(index, 1, ...change(stage)) };
}

/** The experiment with a model that fits its images, as far as their shape is known. */
function fitted(experiment: Experiment): Experiment {
  const shape = datasetShape(experiment.data.dataset);
  const model = shape ? fittingModel(experiment.model, shape.input, shape.classes) : experiment.model;
  return model === experiment.model ? experiment : { ...experiment, model };
}
