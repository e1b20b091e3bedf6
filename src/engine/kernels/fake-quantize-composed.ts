import * as tf from '@tensorflow/tfjs-core';
import type { Rounding } from '../../numerics/rounding';
import { scaleGrid } from '../../numerics/scale-grid';
import { maxCode, roundingDraws } from '../../numerics/uniform';
import type { FakeQuantizeAttributes } from './fake-quantize';

/** Fake quantization as tfjs operations, for backends without the kernel: blocks of weights become an axis pair to take the maximum over. */
export function composedFakeQuantize(x: tf.Tensor, attributes: FakeQuantizeAttributes): tf.Tensor {
  const { bits, granularity, rounding } = attributes;
  const grid = scaleGrid(x.shape, granularity);
  const inputs = x.size / grid.outputs;
  const down = grid.scales / grid.across;
  const padded: [[number, number], [number, number]] = [
    [0, down * grid.blockInputs - inputs],
    [0, grid.across * grid.blockOutputs - grid.outputs],
  ];
  const blocksOf = (values: tf.Tensor) =>
    tf.reshape(tf.pad2d(tf.reshape(values, [inputs, grid.outputs]), padded), [down, grid.blockInputs, grid.across, grid.blockOutputs]);
  const blocks = blocksOf(x);
  const most = maxCode(bits);
  const scale = tf.div(tf.max(tf.abs(blocks), [1, 3], true), most);
  // A block of zeros has scale 0: 0 / 0 must stay 0.
  const scaled = tf.divNoNan(blocks, scale);
  const codes = tf.clipByValue(
    rounded(scaled, rounding, () => blocksOf(tf.tensor(roundingDraws(x.size, rounding, attributes), x.shape))),
    -most,
    most,
  );
  const values = tf.reshape(tf.mul(codes, scale), [down * grid.blockInputs, grid.across * grid.blockOutputs]);
  return tf.reshape(tf.slice2d(values as tf.Tensor2D, [0, 0], [inputs, grid.outputs]), x.shape);
}

function rounded(x: tf.Tensor, rounding: Rounding, draws: () => tf.Tensor): tf.Tensor {
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
