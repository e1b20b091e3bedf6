import { type ModelDefinition, NAMED_WEIGHTS } from './definition';
import { lotteryConv } from './lottery-conv';

/** Conv-2 of the lottery-ticket paper. 38,592 convolution and 4,262,400 dense weights on CIFAR-10. */
export const conv2: ModelDefinition = {
  id: 'conv-2',
  label: 'Conv-2',
  help: 'Two 3 × 3 convolutions of 64 filters, max pooling, then dense layers of 256 and 256. 4,300,992 weights on CIFAR-10, nearly all of them in the first dense layer.',
  source: 'Frankle and Carbin 2019, figure 2',
  parameters: [],
  datasets: ['cifar10'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => lotteryConv([64], classes),
};
