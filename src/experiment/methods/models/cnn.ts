import type { LayerSpec } from '../../operators/layers';
import type { Values } from '../../settings/setting';
import {
  activationSetting,
  batchNormSetting,
  builderInit,
  denseLayers,
  dropoutSetting,
  halveLargest,
  hiddenTail,
} from './builder-settings';
import { BUILDER_WEIGHTS, type ModelDefinition } from './definition';

/** Convolutions of any widths, then dense layers. */
export const cnn: ModelDefinition = {
  id: 'cnn',
  label: 'Custom CNN',
  help: 'Convolutions with as many filters as you choose, then dense layers: 1 to 6 convolutions, up to 3 hidden dense layers, up to 5,000,000 weights.',
  settings: [
    {
      type: 'list',
      key: 'channels',
      short: 'conv',
      label: 'Filters',
      help: 'Filters in each convolution, first to last. A convolution keeps the image size; pooling halves it.',
      default: [16, 32],
      min: 1,
      max: 512,
      minLength: 1,
      maxLength: 6,
    },
    {
      type: 'list',
      key: 'dense',
      short: 'dense',
      label: 'Dense widths',
      help: 'Units in each hidden dense layer after the convolutions.',
      default: [64],
      min: 1,
      max: 4096,
      minLength: 0,
      maxLength: 3,
    },
    activationSetting,
    batchNormSetting,
    dropoutSetting,
    {
      type: 'choice',
      key: 'kernel',
      short: 'k',
      label: 'Filter size',
      help: 'Width and height of each filter.',
      default: '3',
      options: [
        { value: '3', label: '3 × 3' },
        { value: '5', label: '5 × 5' },
      ],
      advanced: true,
    },
    {
      type: 'choice',
      key: 'pool',
      short: 'pool',
      label: 'Pooling',
      help: 'Where 2 × 2 max pooling halves the image.',
      default: 'each',
      options: [
        { value: 'each', label: 'After each convolution' },
        { value: 'pair', label: 'After each pair' },
        { value: 'none', label: 'Nowhere' },
      ],
      advanced: true,
    },
  ],
  maxWeights: BUILDER_WEIGHTS,
  build(values, _input, classes) {
    const init = builderInit(values);
    const layers: LayerSpec[] = [];
    (values.channels as readonly number[]).forEach((filters, i) => {
      const name = `conv${i + 1}`;
      layers.push({ type: 'conv', name, filters, kernel: Number(values.kernel), padding: 'same', init }, ...hiddenTail(values, name));
      if (values.pool === 'each' || (values.pool === 'pair' && i % 2 === 1)) layers.push({ type: 'maxPool', size: 2 });
    });
    return [...layers, ...denseLayers(values.dense as readonly number[], classes, values)];
  },
  smaller(values, reason) {
    const channels = values.channels as readonly number[];
    if (reason === 'image') return channels.length > 1 ? { ...values, channels: channels.slice(0, -1) } : null;
    const dense = values.dense as readonly number[];
    if (Math.max(0, ...dense) >= Math.max(...channels)) return withHalved(values, 'dense', dense);
    return withHalved(values, 'channels', channels);
  },
};

function withHalved(values: Values, key: string, list: readonly number[]): Values | null {
  const halved = halveLargest(list);
  return halved && { ...values, [key]: halved };
}
