import { type ModelDefinition, NAMED_WEIGHTS } from './definition';
import { lotteryConv } from './lottery-conv';

/** Conv-6 of the lottery-ticket paper. 1,144,512 convolution and 1,116,672 dense weights on CIFAR-10. */
export const conv6: ModelDefinition = {
  id: 'conv-6',
  label: 'Conv-6',
  help: 'Six 3 × 3 convolutions (64 to 256 filters), max pooling after each pair, then dense layers of 256 and 256. 2,261,184 weights on CIFAR-10.',
  source: 'Frankle and Carbin 2019, figure 2',
  parameters: [],
  datasets: ['cifar10'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => lotteryConv([64, 128, 256], classes),
};
