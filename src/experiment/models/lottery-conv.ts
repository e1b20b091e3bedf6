import type { LayerSpec } from '../layers';

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
