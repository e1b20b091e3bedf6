import { dataSettings } from '../methods/data';
import { defaultModel, modelSettings } from '../methods/models/registry';
import { changeValue } from '../settings/block';
import type { Values } from '../settings/setting';
import { stageDefinition } from '../stages/registry';
import type { DataBlock, Experiment, ModelBlock, Stage } from '../types/experiment';
import { defaultData, defaultExperiment, defaultStage } from './defaults';

/** What ready-made experiments are written with: defaults, and what differs from them. */

export function make(dataBlock: DataBlock, modelBlock: ModelBlock, stages: readonly Stage[]): Experiment {
  return { ...defaultExperiment(), data: dataBlock, model: modelBlock, stages };
}

export function data(dataset: string, values: Values = {}): DataBlock {
  const block = changed(dataSettings, { ...defaultData(), dataset }, values);
  return { ...block, checksum: '' } as DataBlock;
}

export function model(id: string, values: Values = {}): ModelBlock {
  return changed(modelSettings, defaultModel(id), values) as ModelBlock;
}

export function train(values: Values = {}): Stage {
  return stage('train', values);
}

export function quantize(values: Values = {}): Stage {
  return stage('quantize', values);
}

export function prune(values: Values = {}): Stage {
  return stage('prune', values);
}

export function stage(kind: string, values: Values): Stage {
  return { kind, on: true, ...changed(stageDefinition(kind).settings, defaultStage(kind), values) };
}

function changed(table: Parameters<typeof changeValue>[0], block: Values, values: Values): Values {
  return Object.entries(values).reduce((held, [key, value]) => changeValue(table, held, key, value), block);
}
