import * as tf from '@tensorflow/tfjs-core';
import type { Rounding } from '../../../numerics/rounding/rounding';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { maxCode, roundingDraws } from '../../../numerics/scales/uniform';
import type { FakeQuantizeAttributes } from './attributes';
import { toBlocks } from './blocks';

/** Fake quantization as tfjs operations, for backends without the kernel: blocks of weights become a pair of axes to take the maximum over. */
export function composedFakeQuantize(x: tf.Tensor, attributes: FakeQuantizeAttributes): tf.Tensor {
  const grid = scaleGrid(x.shape, attributes.granularity);
  const draws = () => tf.tensor(roundingDraws(x.size, attributes.rounding, attributes), x.shape);
  if (grid.scales === 1) return quantized(x, tf.max(tf.abs(x)), attributes, draws);
  const { blocks, axes, join } = toBlocks(x, grid);
  return join(quantized(blocks, tf.max(tf.abs(blocks), [...axes], true), attributes, () => toBlocks(draws(), grid).blocks));
}

function quantized(x: tf.Tensor, largest: tf.Tensor, { bits, rounding }: FakeQuantizeAttributes, draws: () => tf.Tensor): tf.Tensor {
  const most = maxCode(bits);
  const scale = tf.div(largest, most);
  // A block of zeros has scale 0: 0 / 0 must stay 0.
  return tf.mul(tf.clipByValue(rounded(tf.divNoNan(x, scale), rounding, draws), -most, most), scale);
}

/** A rounding as tfjs operations. @param draws uniform numbers in [0, 1), for the stochastic ones */
export function rounded(x: tf.Tensor, rounding: Rounding, draws: () => tf.Tensor): tf.Tensor {
  const whole = () => tf.mul(tf.sign(x), tf.floor(tf.abs(x)));
  switch (rounding) {
    case 'nearest-even':
      return tf.round(x);
    case 'half-away':
      return tf.add(whole(), tf.mul(tf.sign(x), tf.cast(tf.greaterEqual(tf.abs(tf.sub(x, whole())), 0.5), 'float32')));
    case 'floor':
      return tf.floor(x);
    case 'ceil':
      return tf.ceil(x);
    case 'toward-zero':
      return whole();
    case 'stochastic':
      return tf.add(tf.floor(x), tf.cast(tf.less(draws(), tf.sub(x, tf.floor(x))), 'float32'));
    case 'stochastic-half': {
      const up = tf.logicalAnd(tf.greater(x, tf.floor(x)), tf.less(draws(), 0.5));
      return tf.add(tf.floor(x), tf.cast(up, 'float32'));
    }
  }
}
