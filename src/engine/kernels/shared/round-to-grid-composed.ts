import * as tf from '@tensorflow/tfjs-core';
import { FP8_SCALE_GRID, inverseLargest } from '../../../numerics/formats/fp8-scaled';
import { MX_EXPONENTS } from '../../../numerics/formats/mx';
import { powerOfTwo } from '../../../numerics/rounding/rounding-grid';
import type { RoundToGridAttributes } from './attributes';
import { toBlocks } from './blocks';
import { rounded } from './fake-quantize-composed';

/** Exponents of float32's normal numbers. Backends without the kernel may take smaller numbers for zero. */
const [LOWEST, HIGHEST] = [-126, 127];
/** The smallest scale above 0 of e4m3fn. */
const FP8_SMALLEST = 2 ** -9;

/**
 * Rounding to a grid as tfjs operations. A GPU's log2 and pow are not exact: the logarithm is only a guess, which comparisons
 * with powers of two from a table set right.
 */
export function composedRoundToGrid(
  { x, draws, largest }: { readonly x: tf.Tensor; readonly draws?: tf.Tensor; readonly largest?: tf.Tensor },
  { grid, rounding, blocks }: RoundToGridAttributes,
): tf.Tensor {
  if (blocks?.scale === 'e4m3fn' && largest) {
    const share = tf.mul(largest, inverseLargest(blocks.maxFinite));
    const scale = spread(composedRoundToGrid({ x: share }, { grid: FP8_SCALE_GRID, rounding: 'nearest-even' }), x, blocks.layout);
    const inverse = tf.where(tf.greater(scale, 0), tf.div(1, tf.maximum(scale, FP8_SMALLEST)), tf.zerosLike(scale));
    return tf.mul(composedRoundToGrid({ x: tf.mul(x, inverse), ...(draws && { draws }) }, { grid, rounding }), scale);
  }
  const shift = blocks?.scale === 'e8m0' && largest ? spread(mxExponents(largest, blocks.maxExponent), x, blocks.layout) : tf.scalar(0);
  const magnitude = tf.abs(x);
  const finest = tf.add(shift, grid.smallestStep);
  const step = tf.maximum(tf.maximum(tf.sub(floorLog2(magnitude), grid.mantissaBits), finest), LOWEST);
  const signed = rounding === 'floor' || rounding === 'ceil';
  const whole = rounded(tf.mul(signed ? x : magnitude, power(tf.neg(step))), rounding, () => draws ?? tf.zerosLike(x));
  const steps = signed ? whole : tf.mul(tf.sign(x), whole);
  const values = tf.mul(steps, power(step));
  const [min, max] = [grid.min, grid.max].map((limit) => tf.mul(power(shift), limit)) as [tf.Tensor, tf.Tensor];
  const beyond = (side: tf.Tensor, outward: boolean, sign: number) => {
    if (grid.overflow === 'saturate' || !outward) return side;
    return tf.fill(side.shape, grid.overflow === 'nan' ? Number.NaN : sign * Number.POSITIVE_INFINITY);
  };
  const nearest = rounding === 'nearest-even' || rounding === 'half-away';
  const high = tf.where(tf.greater(values, max), beyond(tf.add(max, tf.zerosLike(values)), nearest || rounding === 'ceil', 1), values);
  const low = tf.where(tf.less(high, min), beyond(tf.add(min, tf.zerosLike(values)), nearest || rounding === 'floor', -1), high);
  const finite = tf.isFinite(x);
  return tf.where(finite, low, grid.infinities ? x : tf.fill(x.shape, Number.NaN));
}

/** The exponent of each block: see numerics/formats/mx. */
function mxExponents(largest: tf.Tensor, maxExponent: number): tf.Tensor {
  const exponents = tf.clipByValue(tf.sub(floorLog2(largest), maxExponent), MX_EXPONENTS.min, MX_EXPONENTS.max);
  return tf.where(tf.greater(largest, 0), exponents, tf.fill(largest.shape, MX_EXPONENTS.min));
}

/** A number for each block as a tensor of x's shape. */
function spread(numbers: tf.Tensor, x: tf.Tensor, layout: Parameters<typeof toBlocks>[1]): tf.Tensor {
  const { blocks, scaleShape, join } = toBlocks(x, layout);
  return join(tf.add(tf.zerosLike(blocks), tf.reshape(numbers, [...scaleShape])));
}

/** ⌊log2 x⌋ of numbers from 0 on, −126 below the normal ones, exact. */
function floorLog2(x: tf.Tensor): tf.Tensor {
  const guess = tf.clipByValue(tf.floor(tf.div(tf.log(tf.maximum(x, powerOfTwo(LOWEST))), Math.LN2)), LOWEST, HIGHEST);
  const exponent = tf.sub(guess, tf.cast(tf.less(x, power(guess)), 'float32'));
  const raised = tf.add(exponent, tf.cast(tf.greaterEqual(tf.mul(x, 0.5), power(exponent)), 'float32'));
  return tf.clipByValue(raised, LOWEST, HIGHEST);
}

/** 2^exponent for whole exponents, limited to the normal numbers, exact. */
function power(exponent: tf.Tensor): tf.Tensor {
  const table = tf.tensor1d(Array.from({ length: HIGHEST - LOWEST + 1 }, (_, i) => powerOfTwo(i + LOWEST)));
  const index = tf.cast(tf.sub(tf.clipByValue(exponent, LOWEST, HIGHEST), LOWEST), 'int32');
  return tf.reshape(tf.gather(table, tf.reshape(index, [-1])), exponent.shape);
}
