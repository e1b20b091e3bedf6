import { dataParameters } from '../methods/data';
import { defaultModel } from '../methods/models/registry';
import { defaultBlock } from '../settings/block';
import { stageDefinition } from '../stages/registry';
import { type DataBlock, EXPERIMENT_VERSION, type Experiment, type Stage, seedParameter } from '../types/experiment';

/** A stage of this kind, switched on, with every parameter at its default. */
export function defaultStage(kind: string): Stage {
  return { kind, on: true, ...defaultBlock(stageDefinition(kind).parameters) };
}

/** MNIST, standardized. */
export function defaultData(): DataBlock {
  return { ...defaultBlock(dataParameters), checksum: '' } as DataBlock;
}

/** What the page opens with: LeNet-300-100 on MNIST, trained, then stored with 4 bits a weight. */
export function defaultExperiment(): Experiment {
  return {
    version: EXPERIMENT_VERSION,
    name: '',
    seed: seedParameter.default,
    data: defaultData(),
    model: defaultModel('lenet-300-100'),
    stages: [defaultStage('train'), defaultStage('quantize')],
  };
}
