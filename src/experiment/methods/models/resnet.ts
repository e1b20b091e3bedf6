import type { LayerSpec } from '../../operators/layers';
import { halveLargest } from './builder-settings';
import { BUILDER_WEIGHTS, type ModelDefinition } from './definition';

const norm = { type: 'batchNorm', momentum: 0.99, epsilon: 0.001 } as const;
const relu: LayerSpec = { type: 'activation', fn: 'relu' };

/**
 * Residual blocks of two 3 × 3 convolutions with batch norm. Where the paper halves the image by a stride of 2, max pooling does it here;
 * where a group has more filters than the one before, its first block's sum takes a 1 × 1 projection (option B).
 */
export const resnet: ModelDefinition = {
  id: 'resnet',
  label: 'ResNet',
  help: 'Residual blocks: two 3 × 3 convolutions with batch norm, whose output is added to the input of the block. The image is halved between groups of blocks. The mean of each channel goes into one dense layer.',
  source: 'He, Zhang, Ren and Sun 2016, arXiv 1512.03385, section 4.2',
  settings: [
    {
      type: 'list',
      key: 'groups',
      short: 'groups',
      label: 'Filters of each group',
      help: 'Filters in the convolutions of each group of blocks, first to last. Between two groups, 2 × 2 max pooling halves the image.',
      default: [16, 32, 64],
      min: 1,
      max: 512,
      minLength: 1,
      maxLength: 5,
    },
    {
      type: 'number',
      key: 'blocks',
      short: 'blocks',
      label: 'Blocks in a group',
      help: 'Residual blocks in each group. Three groups of n blocks make a network of 6n + 2 layers: ResNet-20 has n = 3.',
      default: 1,
      min: 1,
      max: 5,
      step: 1,
      integer: true,
      control: 'slider',
    },
  ],
  maxWeights: BUILDER_WEIGHTS,
  build({ groups, blocks }, input, classes) {
    const widths = groups as readonly number[];
    const layers: LayerSpec[] = [...convolution('stem', widths[0] ?? input.channels), relu];
    let channels = widths[0];
    widths.forEach((filters, g) => {
      if (g > 0) layers.push({ type: 'maxPool', size: 2 });
      for (let b = 1; b <= Number(blocks); b++) {
        const name = `g${g + 1}b${b}`;
        layers.push(filters === channels ? { type: 'skip', name } : { type: 'skip', name, filters, init: 'heNormal' });
        layers.push(
          ...convolution(`${name}-conv1`, filters),
          relu,
          ...convolution(`${name}-conv2`, filters),
          { type: 'add', from: name },
          relu,
        );
        channels = filters;
      }
    });
    return [...layers, { type: 'globalPool' }, { type: 'dense', name: 'fc', units: classes, init: 'glorotNormal' }];
  },
  smaller(values, reason) {
    const groups = values.groups as readonly number[];
    if (reason === 'image') return groups.length > 1 ? { ...values, groups: groups.slice(0, -1) } : null;
    const halved = halveLargest(groups);
    return halved && { ...values, groups: halved };
  },
};

function convolution(name: string, filters: number): LayerSpec[] {
  return [
    { type: 'conv', name, filters, kernel: 3, padding: 'same', init: 'heNormal' },
    { ...norm, name: `bn-${name}` },
  ];
}
