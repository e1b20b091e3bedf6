import * as tf from '@tensorflow/tfjs-core';
import { countBelow } from '../../numerics/levels';
import { type ScaleGrid, scaleOf } from '../../numerics/scale-grid';
import { type ArrayKernel, setArrayKernel } from './cpu-arrays';
import { hasKernel, KernelName, runKernel } from './kernel-dispatch';
import type { NearestLevelAttributes } from './nearest-level-attributes';

/** Levels, book after book, and the thresholds between them: one book for each block of a grid. Ascending in each book. */
export interface LevelTensors {
  /** [books × size] */
  readonly levels: tf.Tensor;
  /** [books × (size − 1)] */
  readonly thresholds: tf.Tensor;
  readonly grid: ScaleGrid;
  /** Levels in a book. */
  readonly size: number;
}

/** Up to so many thresholds are compared one after another, which is faster than halving. */
const FEW = 16;

/**
 * Each value's level: the one whose place is the number of thresholds below the value, as numerics/levels has it. A value that
 * is not a number stays so. Without a gradient.
 */
export function nearestLevel(x: tf.Tensor, tensors: LevelTensors): tf.Tensor {
  if (!hasKernel(KernelName.nearestLevel))
    return tf.reshape(tf.gather(tf.reshape(tensors.levels, [-1]), composedPlaces(x, tensors)), x.shape);
  return launched(x, tensors, 'values');
}

/** Where each value's level lies in `levels`: book × size + place, int32. */
export function levelPlaces(x: tf.Tensor, tensors: LevelTensors): tf.Tensor {
  return hasKernel(KernelName.nearestLevel) ? launched(x, tensors, 'places') : composedPlaces(x, tensors);
}

function launched(x: tf.Tensor, { levels, thresholds, grid, size }: LevelTensors, give: NearestLevelAttributes['give']): tf.Tensor {
  const attributes: NearestLevelAttributes = { grid, size, give };
  return runKernel(KernelName.nearestLevel, { x, levels, thresholds }, attributes as unknown as tf.NamedAttrMap)[0] as tf.Tensor;
}

/** For backends without the kernel: a comparison with each threshold in turn. */
function composedPlaces(x: tf.Tensor, { thresholds, grid, size }: LevelTensors): tf.Tensor {
  const blockOf = blocks(grid);
  const books =
    grid.scales === 1
      ? tf.zeros(x.shape, 'int32')
      : tf.tensor(
          Int32Array.from({ length: x.size }, (_, i) => blockOf(i)),
          x.shape,
          'int32',
        );
  const table = tf.reshape(thresholds, [grid.scales, size - 1]);
  let places: tf.Tensor = tf.mul(books, tf.scalar(size, 'int32'));
  for (let i = 0; i < size - 1; i++) {
    const border = tf.gather(tf.reshape(tf.slice(table, [0, i], [grid.scales, 1]), [-1]), books);
    places = tf.add(places, tf.cast(tf.greater(x, border), 'int32'));
  }
  return places;
}

const nearestLevelArrays: ArrayKernel = ({ x, levels, thresholds }, arrays, attrs) => {
  const { grid, size, give } = attrs as unknown as NearestLevelAttributes;
  const out = arrays.output(x!.shape, give === 'values' ? 'float32' : 'int32');
  const [values, table, borders] = [arrays.float32(x), arrays.float32(levels), arrays.float32(thresholds)];
  const result = give === 'values' ? arrays.float32(out) : arrays.int32(out);
  const blockOf = blocks(grid);
  const borderCount = size - 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const block = blockOf(i);
    const start = block * borderCount;
    let place = 0;
    if (borderCount <= FEW) for (let j = start; j < start + borderCount; j++) place += borders[j]! < value ? 1 : 0;
    else place = countBelow(value, borders, start, borderCount);
    const at = block * size + place;
    // Infinity and NaN: a NaN, which the loss shows.
    result[i] = give === 'places' ? at : value - value === 0 ? table[at]! : Number.NaN;
  }
  return out;
};

/** The block of element i, quickly where elements come in order. */
function blocks(grid: ScaleGrid): (i: number) => number {
  if (grid.scales === 1) return () => 0;
  if (grid.scales === grid.across) {
    const ofColumn = Int32Array.from({ length: grid.outputs }, (_, column) => scaleOf(grid, column));
    return (i) => ofColumn[i % grid.outputs]!;
  }
  return (i) => scaleOf(grid, i);
}

setArrayKernel(KernelName.nearestLevel, nearestLevelArrays);
