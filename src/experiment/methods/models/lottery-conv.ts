import type { LayerSpec } from '../../operators/layers';
import { type ModelDefinition, NAMED_WEIGHTS } from './definition';

/** Conv-2 of the lottery-ticket paper. 38,592 convolution and 4,262,400 dense weights on CIFAR-10. */
export const conv2: ModelDefinition = {
  id: 'conv-2',
  label: 'Conv-2',
  help: 'Two 3 × 3 convolutions of 64 filters, max pooling, then dense layers of 256 and 256. 4,300,992 weights on CIFAR-10, nearly all of them in the first dense layer.',
  source: 'Frankle and Carbin 2019, figure 2',
  settings: [],
  datasets: ['cifar10'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => lotteryConv([64], classes),
};

/** Conv-4 of the lottery-ticket paper. 259,776 convolution and 2,165,248 dense weights on CIFAR-10. */
export const conv4: ModelDefinition = {
  id: 'conv-4',
  label: 'Conv-4',
  help: 'Four 3 × 3 convolutions (64, 64, 128, 128 filters), max pooling after each pair, then dense layers of 256 and 256. 2,425,024 weights on CIFAR-10.',
  source: 'Frankle and Carbin 2019, figure 2',
  settings: [],
  datasets: ['cifar10'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => lotteryConv([64, 128], classes),
};

/** Conv-6 of the lottery-ticket paper. 1,144,512 convolution and 1,116,672 dense weights on CIFAR-10. */
export const conv6: ModelDefinition = {
  id: 'conv-6',
  label: 'Conv-6',
  help: 'Six 3 × 3 convolutions (64 to 256 filters), max pooling after each pair, then dense layers of 256 and 256. 2,261,184 weights on CIFAR-10.',
  source: 'Frankle and Carbin 2019, figure 2',
  settings: [],
  datasets: ['cifar10'],
  maxWeights: NAMED_WEIGHTS,
  build: (_values, _input, classes) => lotteryConv([64, 128, 256], classes),
};

const init = 'glorotNormal';

/** Conv-2, Conv-4 and Conv-6 of Frankle and Carbin 2019, figure 2: pairs of 3 × 3 convolutions, then 256-256-classes. */
export function lotteryConv(widths: readonly number[], classes: number): LayerSpec[] {
  const layers: LayerSpec[] = [];
  widths.forEach((filters, pair) => {
    for (const half of [1, 2]) {
      layers.push({ type: 'conv', name: `conv${2 * pair + half}`, filters, kernel: 3, padding: 'same', init });
      layers.push({ type: 'activation', fn: 'relu' });
    }
    layers.push({ type: 'maxPool', size: 2 });
  });
  layers.push({ type: 'flatten' });
  for (const name of ['fc1', 'fc2']) {
    layers.push({ type: 'dense', name, units: 256, init }, { type: 'activation', fn: 'relu' });
  }
  layers.push({ type: 'dense', name: 'fc3', units: classes, init });
  return layers;
}
