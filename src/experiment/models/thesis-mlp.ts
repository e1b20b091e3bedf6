import { type ModelDefinition, NAMED_WEIGHTS } from './definition';

const init = { normal: 0.05 } as const;

/** One hidden layer of 128, as in the learned-quantization thesis. 101,632 weights on MNIST. */
export const thesisMlp: ModelDefinition = {
  id: 'thesis-mlp',
  label: 'MLP 784-128-10',
  help: 'One hidden layer of 128 ReLU units, weights drawn from N(0, 0.05²): the small network of the thesis. 101,632 weights on MNIST.',
  source: 'anuunchin/learned-quantization, MNIST setting',
  parameters: [],
  datasets: ['mnist'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => [
    { type: 'flatten' },
    { type: 'dense', name: 'fc1', units: 128, init },
    { type: 'activation', fn: 'relu' },
    { type: 'dense', name: 'fc2', units: classes, init },
  ],
};
