import type { ImageShape } from '../operators/layers';
import type { Setting } from '../settings/setting';

/** Table of the data block. The checksum that own data need is not in it: a file sets it, not a control. */
export const dataSettings: readonly Setting[] = [
  {
    type: 'choice',
    key: 'dataset',
    short: 'set',
    label: 'Dataset',
    help: 'The images to learn from. Some training images are held back for validation; test images are only used to measure accuracy.',
    default: 'mnist',
    options: [
      { value: 'mnist', label: 'MNIST', help: 'Handwritten digits, 28 × 28 grey: 55,000 to train, 5,000 to validate, 10,000 to test.' },
      { value: 'cifar10', label: 'CIFAR-10', help: 'Small colour photographs of ten kinds of things, 32 × 32: 45,000, 5,000 and 10,000.' },
      {
        value: 'own',
        label: 'Own files',
        help: 'Your own files: IDX, CIFAR binary layout, or an archive of JPEG folders such as imagenette2-160.tgz, scaled to 64 × 64 pixels. A link contains their checksum and asks for the files.',
      },
    ],
  },
  {
    type: 'choice',
    key: 'normalize',
    short: 'pixels',
    label: 'Pixels',
    help: 'How pixels are scaled before the network sees them. This changes how fast a network learns and which learning rates work.',
    default: 'standard',
    options: [
      { value: 'standard', label: 'Standardized', help: 'Mean 0 and variance 1 over the training images, per colour channel.' },
      { value: 'unit', label: '0 to 1', help: 'The byte divided by 255.' },
      { value: 'raw', label: 'Raw, 0 to 255', help: 'The byte itself. Large inputs make large first steps: choose a small learning rate.' },
    ],
  },
];

/** What an image of a dataset looks like, where that is known without reading it. */
export interface DatasetShape {
  readonly input: ImageShape;
  readonly classes: number;
}

/** Shape of the built-in datasets; undefined for own data. */
export function datasetShape(dataset: string): DatasetShape | undefined {
  if (dataset === 'mnist') return { input: { height: 28, width: 28, channels: 1 }, classes: 10 };
  if (dataset === 'cifar10') return { input: { height: 32, width: 32, channels: 3 }, classes: 10 };
  return undefined;
}
