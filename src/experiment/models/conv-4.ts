import { type ModelDefinition, NAMED_WEIGHTS } from './definition';
import { lotteryConv } from './lottery-conv';

/** Conv-4 of the lottery-ticket paper. 259,776 convolution and 2,165,248 dense weights on CIFAR-10. */
export const conv4: ModelDefinition = {
  id: 'conv-4',
  label: 'Conv-4',
  help: 'Four 3 × 3 convolutions (64, 64, 128, 128 filters), max pooling after each pair, then dense layers of 256 and 256. 2,425,024 weights on CIFAR-10.',
  source: 'Frankle and Carbin 2019, figure 2',
  parameters: [],
  datasets: ['cifar10'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => lotteryConv([64, 128], classes),
};
