import { type ModelDefinition, NAMED_WEIGHTS } from './definition';

/** Two hidden layers of 300 and 100. 266,200 weights and 410 biases on MNIST. */
export const lenet300: ModelDefinition = {
  id: 'lenet-300-100',
  label: 'LeNet-300-100',
  help: 'Two hidden ReLU layers of 300 and 100 units. The network that most compression papers start with: 266,200 weights on MNIST.',
  source: 'LeCun et al. 1998; as used by Han et al. 2016 and Frankle and Carbin 2019',
  settings: [],
  datasets: ['mnist'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => [
    { type: 'flatten' },
    { type: 'dense', name: 'fc1', units: 300, init: 'glorotNormal' },
    { type: 'activation', fn: 'relu' },
    { type: 'dense', name: 'fc2', units: 100, init: 'glorotNormal' },
    { type: 'activation', fn: 'relu' },
    { type: 'dense', name: 'fc3', units: classes, init: 'glorotNormal' },
  ],
};

/** LeNet-5 as Caffe defines it: no activation after the convolutions. 430,500 weights and 580 biases on MNIST. */
export const lenet5: ModelDefinition = {
  id: 'lenet-5',
  label: 'LeNet-5',
  help: 'Two 5 × 5 convolutions (20 and 50 filters), each followed by max pooling, then 500 ReLU units. This is the Caffe version, with no activation after the convolutions: 430,500 weights on MNIST.',
  source: 'LeCun et al. 1998; Caffe examples/mnist; as used by Han et al. 2016',
  settings: [],
  datasets: ['mnist'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => [
    { type: 'conv', name: 'conv1', filters: 20, kernel: 5, padding: 'valid', init: 'glorotUniform' },
    { type: 'maxPool', size: 2 },
    { type: 'conv', name: 'conv2', filters: 50, kernel: 5, padding: 'valid', init: 'glorotUniform' },
    { type: 'maxPool', size: 2 },
    { type: 'flatten' },
    { type: 'dense', name: 'fc1', units: 500, init: 'glorotUniform' },
    { type: 'activation', fn: 'relu' },
    { type: 'dense', name: 'fc2', units: classes, init: 'glorotUniform' },
  ],
};
