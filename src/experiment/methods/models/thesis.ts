import type { LayerSpec } from '../../operators/layers';
import { type ModelDefinition, NAMED_WEIGHTS } from './definition';

const init = { normal: 0.05 } as const;

/** One hidden layer of 128, as in the learned-quantization thesis. 101,632 weights on MNIST. */
export const thesisMlp: ModelDefinition = {
  id: 'thesis-mlp',
  label: 'MLP 784-128-10',
  help: 'One hidden layer of 128 ReLU units, weights drawn from N(0, 0.05²): the small network of the thesis. 101,632 weights on MNIST.',
  source: 'anuunchin/learned-quantization, MNIST setting',
  settings: [],
  datasets: ['mnist'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => [
    { type: 'flatten' },
    { type: 'dense', name: 'fc1', units: 128, init },
    { type: 'activation', fn: 'relu' },
    { type: 'dense', name: 'fc2', units: classes, init },
  ],
};

/** Defaults of Keras, which the thesis uses. */
const norm = { type: 'batchNorm', momentum: 0.99, epsilon: 0.001 } as const;
const blocks = [
  { filters: 32, rate: 0.2 },
  { filters: 64, rate: 0.3 },
  { filters: 128, rate: 0.4 },
];

/** Six convolutions with batch norm and dropout, as in the learned-quantization thesis for CIFAR-10. */
export const thesisCnn: ModelDefinition = {
  id: 'thesis-cnn',
  label: 'Thesis CNN',
  help: 'Six 3 × 3 convolutions (32, 64 and 128 filters in pairs), each with ReLU then batch norm, pooling and dropout after each pair, then 128 units. 549,984 weights on CIFAR-10.',
  source: 'anuunchin/learned-quantization, CIFAR-10 setting',
  settings: [],
  datasets: ['cifar10'],
  maxWeights: NAMED_WEIGHTS,
  build(_values, _input, classes) {
    const layers: LayerSpec[] = [];
    blocks.forEach(({ filters, rate }, pair) => {
      for (const half of [1, 2]) {
        const number = 2 * pair + half;
        layers.push({ type: 'conv', name: `conv${number}`, filters, kernel: 3, padding: 'same', init });
        layers.push({ type: 'activation', fn: 'relu' }, { ...norm, name: `bn${number}` });
      }
      layers.push({ type: 'maxPool', size: 2 }, { type: 'dropout', rate });
    });
    layers.push({ type: 'flatten' }, { type: 'dense', name: 'fc1', units: 128, init });
    layers.push({ type: 'activation', fn: 'relu' }, { ...norm, name: 'bn7' }, { type: 'dropout', rate: 0.5 });
    layers.push({ type: 'dense', name: 'fc2', units: classes, init });
    return layers;
  },
};
