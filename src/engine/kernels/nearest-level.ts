import * as tf from '@tensorflow/tfjs-core';
import { countBelow } from '../../numerics/quantizers/levels';
import { type ScaleGrid, scaleOf } from '../../numerics/scales/scale-grid';
import { type ArrayKernel, setArrayKernel } from './shared/arrays';
import type { NearestLevelAttributes } from './shared/attributes';
import { hasKernel, KernelName, runKernel } from './shared/dispatch';

/** Levels, codebook after codebook, and the thresholds between them: one codebook for each block of a grid. Thresholds ascend in each codebook. */
export interface LevelTensors {
  /** [codebooks × size] */
  readonly levels: tf.Tensor;
  /** [codebooks × (size − 1)] */
  readonly thresholds: tf.Tensor;
  readonly grid: ScaleGrid;
  /** Levels in a codebook. */
  readonly size: number;
}

/** Up to this many thresholds are compared one after another, which is faster than halving. */
const FEW = 16;
/** Intervals of equal width in which a single codebook's thresholds are looked up. */
const INTERVALS = 1024;

/**
 * Each value's level: the one whose position is the number of thresholds below the value, as numerics/quantizers/levels has it. A value
 * that is not finite becomes a NaN. Without a gradient.
 */
export function nearestLevel(x: tf.Tensor, tensors: LevelTensors): tf.Tensor {
  const { levels, thresholds, grid, size } = tensors;
  if (!hasKernel(KernelName.nearestLevel)) return composed(x, tensors);
  const attributes: NearestLevelAttributes = { grid, size };
  return runKernel(KernelName.nearestLevel, { x, levels, thresholds }, attributes as unknown as tf.NamedAttrMap)[0] as tf.Tensor;
}

/** For backends without the kernel: a comparison with each threshold in turn. */
function composed(x: tf.Tensor, { levels, thresholds, grid, size }: LevelTensors): tf.Tensor {
  const codebooks =
    grid.scales === 1
      ? tf.zeros(x.shape, 'int32')
      : tf.tensor(
          Int32Array.from({ length: x.size }, (_, i) => scaleOf(grid, i)),
          x.shape,
          'int32',
        );
  const table = tf.reshape(thresholds, [grid.scales, size - 1]);
  let ranks: tf.Tensor = tf.mul(codebooks, tf.scalar(size, 'int32'));
  for (let i = 0; i < size - 1; i++) {
    const border = tf.gather(tf.reshape(tf.slice(table, [0, i], [grid.scales, 1]), [-1]), codebooks);
    ranks = tf.add(ranks, tf.cast(tf.greater(x, border), 'int32'));
  }
  // The difference is 0 but for Infinity and NaN.
  return tf.add(tf.gather(tf.reshape(levels, [-1]), ranks), tf.sub(x, x));
}

const nearestLevelArrays: ArrayKernel = ({ x, levels, thresholds }, arrays, attrs) => {
  const { grid, size } = attrs as unknown as NearestLevelAttributes;
  const out = arrays.output(x!.shape, 'float32');
  const [values, table, borders, result] = [arrays.float32(x), arrays.float32(levels), arrays.float32(thresholds), arrays.float32(out)];
  if (grid.scales === 1) oneCodebook(values, table, borders, result);
  else if (grid.scales === grid.across) codebooksOfColumns(values, table, borders, result, size, grid);
  else for (let i = 0; i < values.length; i++) result[i] = levelOf(values[i]!, table, borders, scaleOf(grid, i), size);
  return out;
};

/** All values share a codebook: an even division of the range says how many thresholds are below a value's interval. */
function oneCodebook(values: Float32Array, table: Float32Array, borders: Float32Array, result: Float32Array): void {
  const count = borders.length;
  const least = borders[0]!;
  const width = borders[count - 1]! - least;
  const perUnit = width > 0 ? INTERVALS / width : 0;
  const intervalOf = (value: number) => Math.min(INTERVALS, Math.max(0, Math.floor((value - least) * perUnit)));
  // The interval never falls as values rise, so that thresholds of lower intervals are below all values of this one.
  const below = new Int32Array(INTERVALS + 2);
  for (const border of borders) below[intervalOf(border) + 1]! += 1;
  for (let i = 1; i < below.length; i++) below[i]! += below[i - 1]!;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value - value !== 0) {
      result[i] = Number.NaN;
      continue;
    }
    let rank = below[intervalOf(value)]!;
    while (rank < count && borders[rank]! < value) rank += 1;
    result[i] = table[rank]!;
  }
}

/** A codebook for each column, or for each group of neighbouring columns. */
function codebooksOfColumns(
  values: Float32Array,
  table: Float32Array,
  borders: Float32Array,
  result: Float32Array,
  size: number,
  grid: ScaleGrid,
): void {
  const codebookOf = Int32Array.from({ length: grid.outputs }, (_, column) => scaleOf(grid, column));
  for (let start = 0; start < values.length; start += grid.outputs)
    for (let column = 0; column < grid.outputs; column++)
      result[start + column] = levelOf(values[start + column]!, table, borders, codebookOf[column]!, size);
}

function levelOf(value: number, table: Float32Array, borders: Float32Array, codebook: number, size: number): number {
  const first = codebook * (size - 1);
  let rank = 0;
  if (size <= FEW) for (let j = first; j < first + size - 1; j++) rank += borders[j]! < value ? 1 : 0;
  else rank = countBelow(value, borders, first, size - 1);
  // Infinity and NaN: a NaN, which the loss shows.
  return value - value === 0 ? table[codebook * size + rank]! : Number.NaN;
}

setArrayKernel(KernelName.nearestLevel, nearestLevelArrays);
