/** The same made-up images for everyone. How fast a step is does not depend on what the pictures show. */
import type { Dataset, ImageSet } from '../../src/datasets/types';
import { buildModel, defaultModel } from '../../src/experiment/methods/models/registry';
import { type ImageShape, type LayerSpec, parametersOf } from '../../src/experiment/operators/layers';
import type { ParameterSpec } from '../../src/experiment/operators/operator';
import { fillNormal, fillUniform, Purpose } from '../../src/numerics/random/rng';

const CLASSES = 10;
const TRAIN_IMAGES = 2048;
const TEST_IMAGES = 64;
export const LEARNING_RATE = 1e-3;
export const SEED = 1;

const colour: ReadonlySet<string> = new Set(['conv-2', 'thesis-cnn']);

/** MNIST's or CIFAR-10's shape, whichever the model is for. */
export function shapeOf(model: string): ImageShape {
  return colour.has(model) ? { height: 32, width: 32, channels: 3 } : { height: 28, width: 28, channels: 1 };
}

export function layersOf(model: string): readonly LayerSpec[] {
  return buildModel(defaultModel(model), shapeOf(model), CLASSES);
}

export function parameterSpecs(model: string): readonly ParameterSpec[] {
  return parametersOf(layersOf(model), shapeOf(model));
}

/** Random bytes with a stripe whose position shows the class, so that there is something to learn. */
export function syntheticDataset(model: string): Dataset {
  const shape = shapeOf(model);
  return {
    id: 'synthetic',
    name: 'Synthetic',
    shape,
    classes: Array.from({ length: CLASSES }, (_, i) => String(i)),
    train: images(TRAIN_IMAGES, shape, 0),
    test: images(TEST_IMAGES, shape, 1),
    shards: [TRAIN_IMAGES],
    mean: Array.from({ length: shape.channels }, () => 0.5),
    std: Array.from({ length: shape.channels }, () => 0.3),
    checksum: '',
    ready: async () => {},
    testReady: async () => {},
  };
}

function images(count: number, { height, width, channels }: ImageShape, step: number): ImageSet {
  const row = width * channels;
  const noise = new Float32Array(count * height * row);
  fillUniform(noise, SEED, Purpose.noise, step);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % CLASSES);
  const pixels = Uint8Array.from(noise, (value, i) => {
    const image = Math.floor(i / (height * row));
    const line = Math.floor(i / row) % height;
    return Math.floor(value * 128) + (Math.floor((line * CLASSES) / height) === labels[image] ? 127 : 0);
  });
  return { count, pixels, labels };
}

/** One batch as floats around zero, channels last, for peers that bring no pipeline from bytes. */
export function floatBatch(model: string, batch: number): { images: Float32Array; labels: Int32Array } {
  const { train } = syntheticDataset(model);
  const size = train.pixels.length / train.count;
  return {
    images: Float32Array.from(train.pixels.subarray(0, batch * size), (byte) => (byte / 255 - 0.5) / 0.3),
    labels: Int32Array.from(train.labels.subarray(0, batch)),
  };
}

/** Initial values for a peer: weights normal with variance 2 / fan-in, scales 1, the rest 0. */
export function startValues(spec: ParameterSpec, index: number): Float32Array {
  const values = new Float32Array(spec.shape.reduce((a, b) => a * b, 1));
  if (spec.role === 'gamma' || spec.role === 'variance') values.fill(1);
  if (spec.role !== 'weights') return values;
  fillNormal(values, SEED, Purpose.init, index);
  return values.map((value) => value * Math.sqrt(2 / spec.fanIn));
}
