import { expect, test } from 'vitest';
import { defaultExperiment, defaultStage } from './defaults';
import { describeExperiment, describeStage } from './describe';
import { setModelValue, setOwnData, setStageValue, toggleStage, wrapInRepeat } from './edit';

const normal = defaultExperiment();

test('a stage is one short sentence', () => {
  expect(describeStage(defaultStage('train'))).toBe('2,000 steps, Adam 0.0012, batch 64');
  expect(describeStage({ ...defaultStage('train'), steps: 1, optimizer: 'rmsprop', lr: 1e-7 })).toBe('1 step, RMSprop 1e-7, batch 64');
  expect(describeStage({ ...defaultStage('quantize'), bits: 3 })).toBe('quantize weights to 3 bits, per layer, STE');
});

test('stages that are switched off are not told', () => {
  expect(describeExperiment(toggleStage(normal, 1))).toBe('LeNet-300-100 on MNIST: train 2,000 steps, Adam 0.0012, batch 64');
  expect(describeExperiment({ ...normal, stages: [] })).toBe('LeNet-300-100 on MNIST: no stages');
});

test('a built network says what was chosen, own data that they are', () => {
  let experiment = setOwnData({ ...normal, stages: normal.stages.slice(1) }, 'a'.repeat(64));
  experiment = setModelValue(setModelValue(experiment, 'id', 'mlp'), 'widths', [300, 100]);
  experiment = setStageValue(experiment, 0, 'bits', 8);
  expect(describeExperiment(experiment)).toBe(
    'Custom MLP (hidden widths 300-100) on own files: quantize weights to 8 bits, per layer, STE',
  );
});

test('what is repeated stands in brackets', () => {
  const stages = [defaultStage('train'), { ...defaultStage('rewind'), on: false }, defaultStage('prune'), defaultStage('train')];
  const experiment = setStageValue(wrapInRepeat({ ...normal, stages }, 0, 3), 0, 'rounds', 5);
  const train = 'train 2,000 steps, Adam 0.0012, batch 64';
  const prune = 'prune 50 % of the weights, magnitude, per layer';
  expect(describeExperiment(experiment)).toBe(`LeNet-300-100 on MNIST: 5 rounds of (${train}; then ${prune}); then ${train}`);
  expect(describeExperiment(toggleStage(experiment, 0))).toBe(`LeNet-300-100 on MNIST: ${train}; then ${prune}; then ${train}`);
  const nothing = [1, 3].reduce(toggleStage, experiment);
  expect(describeExperiment(nothing)).toBe(`LeNet-300-100 on MNIST: ${train}`);
});
