import { type ModelDefinition, NAMED_WEIGHTS } from './definition';

const init = 'glorotNormal';

/** Two hidden layers of 300 and 100. 266,200 weights and 410 biases on MNIST. */
export const lenet300: ModelDefinition = {
  id: 'lenet-300-100',
  label: 'LeNet-300-100',
  help: 'Two hidden ReLU layers of 300 and 100 units. The network that most compression papers start with: 266,200 weights on MNIST.',
  source: 'LeCun et al. 1998; as used by Han et al. 2016 and Frankle and Carbin 2019',
  parameters: [],
  datasets: ['mnist'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => [
    { type: 'flatten' },
    { type: 'dense', name: 'fc1', units: 300, init },
    { type: 'activation', fn: 'relu' },
    { type: 'dense', name: 'fc2', units: 100, init },
    { type: 'activation', fn: 'relu' },
    { type: 'dense', name: 'fc3', units: classes, init },
  ],
};
