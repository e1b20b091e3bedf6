import { beforeAll, expect, test } from 'vitest';
import { defaultBlock } from '../experiment/settings/block';
import type { Values } from '../experiment/settings/setting';
import { stageDefinition } from '../experiment/stages/registry';
import type { Stage } from '../experiment/types/experiment';
import { decodeTensor, readModelFile } from '../numerics/container/model-file';
import { tinyDataset } from './testing/tiny-dataset';
import { everyStep, finish, tinyCnn, tinyExperiment, train } from './testing/tiny-run';
import { openTestBackends } from './testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset();
const quantize = (values: Values): Stage => ({
  kind: 'quantize',
  on: true,
  ...defaultBlock(stageDefinition('quantize').settings, values),
});

const cases: readonly Values[] = [
  { bits: 3, granularity: 'channel', scheme: 'asymmetric', calibration: 'moving-average', activations: 'uniform', actRange: 'average' },
  {
    bits: 1,
    calibration: 'mse',
    granularity: 'block',
    groupSize: 16,
    biases: 'same',
    activations: 'uniform',
    actBits: 4,
    actCalibration: 'entropy',
  },
  { bits: 5, codeRange: 'full', rounding: 'stochastic', draw: 2, activations: 'uniform', actRange: 'dynamic', samples: 8 },
];

for (const values of cases)
  test(`a run that continues in the middle ends with the same file: ${JSON.stringify(values)}`, async () => {
    const experiment = tinyExperiment([train({ steps: 3 }), quantize(values), train({ steps: 4 })], { model: tinyCnn });
    const whole = await finish(experiment, dataset, { control: everyStep() });
    const checkpoint = whole.checkpoints.find(({ stage, step }) => stage === 2 && step === 2);
    if (!checkpoint) throw new Error('There is no checkpoint after two steps of the last stage.');
    const resumed = await finish(experiment, dataset, { control: everyStep(), from: structuredClone(checkpoint) });
    // Two steps were left to do.
    expect([whole.losses.length, resumed.losses.length]).toEqual([7, 2]);
    expect(resumed.models.at(-1)).toEqual(whole.models.at(-1));
    const { tensors } = readModelFile(whole.models.at(-1)!);
    for (const tensor of tensors) expect(decodeTensor(tensor).every(Number.isFinite)).toBe(true);
    const ranges = tensors.filter(({ name }) => name.endsWith('/input'));
    expect(ranges.length).toBe(values.actRange === 'dynamic' ? 0 : 3);
  });
