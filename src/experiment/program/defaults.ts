import { dataSettings } from '../methods/data';
import { defaultModel } from '../methods/models/registry';
import { defaultBlock } from '../settings/block';
import { stageDefinition } from '../stages/registry';
import { type DataBlock, EXPERIMENT_VERSION, type Experiment, type Stage, seedSetting } from '../types/experiment';

/** A stage of this kind, switched on, with every setting at its default. */
export function defaultStage(kind: string): Stage {
  return { kind, on: true, ...defaultBlock(stageDefinition(kind).settings) };
}

/** MNIST, standardized. */
export function defaultData(): DataBlock {
  return { ...defaultBlock(dataSettings), checksum: '' } as DataBlock;
}

/** What the page opens with: LeNet-300-100 on MNIST, trained, then stored with 4 bits a weight. */
export function defaultExperiment(): Experiment {
  return {
    version: EXPERIMENT_VERSION,
    name: '',
    seed: seedSetting.default,
    data: defaultData(),
    model: defaultModel('lenet-300-100'),
    stages: [defaultStage('train'), defaultStage('quantize')],
  };
}
