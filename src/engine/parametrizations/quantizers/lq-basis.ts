import * as tf from '@tensorflow/tfjs-core';
import { BASIS_KEEP, type LowBit, RIDGE } from '../../../numerics/quantizers/lq-nets';
import type { ScaleGrid } from '../../../numerics/scales/scale-grid';
import { type LevelTensors, nearestLevel } from '../../kernels/nearest-level';
import { toBlocks } from '../../kernels/shared/blocks';
import { withMidpoints } from './codebook';
import { blockCountsOf, blockSums } from './signs';

/** LQ-Nets' sums of a basis as tfjs operations: numerics/quantizers/lq-nets is the twin. Nothing here has a gradient. */

export interface BasisTable extends LevelTensors {
  /** For each bit, 1 or `low` in place of every level: [codebooks, size]. */
  readonly bits: readonly tf.Tensor[];
}

/** All sums of the basis, sorted. @param basis [codebooks, bits] */
export function basisTable(basis: tf.Tensor, grid: ScaleGrid, low: LowBit): BasisTable {
  const [codebooks, bits] = basis.shape as [number, number];
  const size = 2 ** bits;
  const bitRows = Array.from({ length: bits }, (_, j) => Float32Array.from({ length: size }, (_, code) => ((code >> j) & 1 ? 1 : low)));
  const sums = bitRows
    .map((row, j) => tf.mul(tf.slice(basis, [0, j], [codebooks, 1]), tf.tensor2d(row, [1, size])))
    .reduce((sum, part) => tf.add(sum, part));
  // A level's place is how many others are below it, or equal with a smaller code: comparisons, as sorting has no fixed kernels.
  const own = tf.reshape(sums, [codebooks, size, 1]);
  const other = tf.reshape(sums, [codebooks, 1, size]);
  const before = tf.tensor3d(
    Float32Array.from({ length: size * size }, (_, i) => (i % size < Math.floor(i / size) ? 1 : 0)),
    [1, size, size],
  );
  const below = tf.add(tf.cast(tf.less(other, own), 'float32'), tf.mul(tf.cast(tf.equal(other, own), 'float32'), before));
  const ranks = tf.reshape(tf.sum(below, 2), [codebooks, size, 1]);
  const at = tf.cast(tf.equal(ranks, tf.reshape(tf.range(0, size), [1, 1, size])), 'float32');
  // One term of each sum is not 0: it is exact.
  const sorted = (values: tf.Tensor) => tf.sum(tf.mul(tf.reshape(values, [-1, size, 1]), at), 1);
  const levels = sorted(sums);
  return { ...withMidpoints(levels, grid), bits: bitRows.map((row) => sorted(tf.tensor2d(row, [1, size]))) };
}

/** The basis one training step later: 0.9 × old + 0.1 × least squares for x. */
export function movedBasis(x: tf.Tensor, basis: tf.Tensor, grid: ScaleGrid, low: LowBit): tf.Tensor {
  const [codebooks, count] = basis.shape as [number, number];
  const table = basisTable(basis, grid, low);
  const bits = table.bits.map((levels) => nearestLevel(x, { ...table, levels }));
  const counts = blockCountsOf(x.shape, grid);
  const mean = (values: tf.Tensor) => {
    const layout = toBlocks(values, grid);
    return tf.reshape(tf.div(blockSums(layout, layout.blocks), counts), [codebooks]);
  };
  const old = Array.from({ length: count }, (_, j) => tf.reshape(tf.slice(basis, [0, j], [codebooks, 1]), [codebooks]));
  const matrix = bits.map((a, j) => bits.map((b, k) => (k < j ? undefined : tf.add(mean(tf.mul(a, b)), k === j ? RIDGE : 0))));
  const right = bits.map((b, j) => tf.add(mean(tf.mul(b, x)), tf.mul(old[j] as tf.Tensor, RIDGE)));
  const fitted = solved((j, k) => matrix[Math.min(j, k)]?.[Math.max(j, k)] as tf.Tensor, right);
  return tf.add(tf.mul(basis, BASIS_KEEP), tf.mul(tf.stack(fitted, 1), 1 - BASIS_KEEP));
}

/** Solves A y = b for all codebooks at once, by elimination without pivots: A is symmetric, positive definite and at most 4 × 4. */
function solved(matrix: (row: number, column: number) => tf.Tensor, right: readonly tf.Tensor[]): tf.Tensor[] {
  const n = right.length;
  const a = right.map((_, row) => right.map((_, column) => matrix(row, column)));
  const y = [...right];
  const at = (row: number, column: number) => a[row]?.[column] as tf.Tensor;
  for (let p = 0; p < n; p++) {
    for (let row = p + 1; row < n; row++) {
      const factor = tf.div(at(row, p), at(p, p));
      for (let column = p; column < n; column++) a[row]![column] = tf.sub(at(row, column), tf.mul(factor, at(p, column)));
      y[row] = tf.sub(y[row] as tf.Tensor, tf.mul(factor, y[p] as tf.Tensor));
    }
  }
  for (let p = n - 1; p >= 0; p--) {
    for (let column = p + 1; column < n; column++) y[p] = tf.sub(y[p] as tf.Tensor, tf.mul(at(p, column), y[column] as tf.Tensor));
    y[p] = tf.div(y[p] as tf.Tensor, at(p, p));
  }
  return y;
}
