import { describe, expect, test } from 'vitest';
import { datasetShape } from '../methods/data';
import { modelProblem } from '../methods/models/registry';
import { defaultExperiment } from './defaults';
import { describeExperiment } from './describe';
import { presetById, presets } from './presets';
import { parseExperiment } from './validate';

describe.each(presets)('$id', ({ id, help, experiment }) => {
  test('is a valid experiment that fits its images', () => {
    expect(parseExperiment(experiment)).toEqual({ experiment, problems: [] });
    const shape = datasetShape(experiment.data.dataset)!;
    expect(modelProblem(experiment.model, shape.input, shape.classes)).toBeNull();
  });

  test('is found by its id and says what it is', () => {
    expect(presetById(id)?.experiment).toBe(experiment);
    expect(help).toMatch(/^[A-Z].*\.$/);
  });
});

test('ids are unique, and an unknown one finds nothing', () => {
  expect(new Set(presets.map((preset) => preset.id)).size).toBe(presets.length);
  expect(presetById('toString')).toBeUndefined();
});

// The settings themselves: each line is what the preset must say.
test.each([
  ['mnist-float', 'LeNet-300-100 on MNIST: train 2,000 steps, Adam 0.0012, batch 64'],
  ['mnist-ptq-4bit', 'LeNet-300-100 on MNIST: train 2,000 steps, Adam 0.0012, batch 64; then quantize weights to 4 bits, per layer, STE'],
  ['mnist-ste-4bit', 'LeNet-300-100 on MNIST: quantize weights to 4 bits, per layer, STE; then train 2,000 steps, Adam 0.0012, batch 64'],
  [
    'mnist-qat-finetune',
    'LeNet-300-100 on MNIST: train 2,000 steps, Adam 0.0012, batch 64; then quantize weights to 2 bits, per layer, STE; then train 500 steps, Adam 0.0012, batch 64',
  ],
  ['mnist-2bit', 'LeNet-300-100 on MNIST: train 2,000 steps, Adam 0.0012, batch 64; then quantize weights to 2 bits, per layer, STE'],
  [
    'mnist-prune-quantize',
    'LeNet-300-100 on MNIST: train 2,000 steps, Adam 0.0012, batch 64; then prune 90 % of the weights, magnitude, per layer; then train 500 steps, Adam 0.0012, batch 64; then quantize weights to 8 bits, per layer, STE',
  ],
  [
    'mnist-low-rank',
    'LeNet-300-100 on MNIST: train 2,000 steps, Adam 0.0012, batch 64; then factorize dense layers to rank 16; then train 500 steps, Adam 0.0012, batch 64',
  ],
  [
    'mnist-ticket',
    'LeNet-300-100 on MNIST: 5 rounds of (train 1,000 steps, Adam 0.0012, batch 64; then prune 20 % of the weights, magnitude, per layer; then rewind to the initial weights); then train 1,000 steps, Adam 0.0012, batch 64',
  ],
  [
    'lottery-lenet',
    'LeNet-300-100 on MNIST: 4 rounds of (train 12,000 steps, Adam 0.0012, batch 60; then prune 36 % of the weights, magnitude, per layer, 50 % of this rate in the output layer; then rewind to the initial weights); then train 12,000 steps, Adam 0.0012, batch 60',
  ],
  [
    'lottery-lenet-exact',
    'LeNet-300-100 on MNIST: 11 rounds of (train 50,000 steps, Adam 0.0012, batch 60; then prune 20 % of the weights, magnitude, per layer, 50 % of this rate in the output layer; then rewind to the initial weights); then train 50,000 steps, Adam 0.0012, batch 60',
  ],
  [
    'lottery-conv2',
    'Conv-2 on CIFAR-10: 4 rounds of (train 3,000 steps, Adam 0.0002, batch 60; then prune 36 % of the weights, magnitude, per layer, 50 % of this rate in the output layer, 50 % of this rate in convolutions; then rewind to the initial weights); then train 3,000 steps, Adam 0.0002, batch 60',
  ],
  [
    'lottery-conv2-exact',
    'Conv-2 on CIFAR-10: 11 rounds of (train 20,000 steps, Adam 0.0002, batch 60; then prune 20 % of the weights, magnitude, per layer, 50 % of this rate in the output layer, 50 % of this rate in convolutions; then rewind to the initial weights); then train 20,000 steps, Adam 0.0002, batch 60',
  ],
  ['thesis-mlp-float', 'MLP 784-128-10 on MNIST, pixels raw, 0 to 255: train 34,375 steps, Adam 0.0001, batch 32'],
  [
    'gupta-fl10-sr',
    'LeNet-300-100 on MNIST, pixels 0 to 1: quantize weights to fixed point <6, 10>, updates too, rounded stochastically; activations to fixed point <6, 10>, rounded stochastically; gradients to fixed point <6, 10>, rounded stochastically; then train 5,500 steps, SGD 0.1, batch 100',
  ],
  [
    'thesis-lambda-mnist',
    'MLP 784-128-10 on MNIST, pixels raw, 0 to 255: quantize weights to a learned scale per input, λ = 1e-10; then train 34,375 steps, Adam 0.0001, batch 32',
  ],
  [
    'thesis-deviation-mnist',
    'MLP 784-128-10 on MNIST, pixels raw, 0 to 255: quantize weights to a learned scale per input, deviation penalty, γ = 1e-7; then train 34,375 steps, Adam 0.0001, batch 32',
  ],
  [
    'thesis-lambda-cifar',
    'Thesis CNN on CIFAR-10, pixels raw, 0 to 255: quantize weights to a learned scale per input channel, λ = 1e-11; then train 35,156 steps, Adam 0.0001, batch 128',
  ],
  [
    'binary-connect-mnist-stoch',
    'Custom MLP (hidden widths 256-256-256, batch norm yes) on MNIST: quantize weights to 1 bit, BinaryConnect, stochastic; then train 5,500 steps, Adam 0.01, batch 100',
  ],
  ['lenet-5-float', 'LeNet-5 on MNIST, pixels 0 to 1: train 2,000 steps, Momentum 0.01, batch 64'],
  ['cifar-float', 'Custom CNN (filters 16-32-64) on CIFAR-10: train 2,000 steps, Adam 0.001, batch 64'],
  ['cifar-conv-2', 'Conv-2 on CIFAR-10: train 20,000 steps, Adam 0.0002, batch 60'],
  ['thesis-cnn-float', 'Thesis CNN on CIFAR-10, pixels raw, 0 to 255: train 35,156 steps, Adam 0.0001, batch 128'],
])('%s', (id, sentence) => {
  expect(describeExperiment(presetById(id)!.experiment)).toBe(sentence);
});

test('what the page opens with trains, then stores 4 bits a weight', () => {
  expect(defaultExperiment()).toEqual(presetById('mnist-ptq-4bit')?.experiment);
});
