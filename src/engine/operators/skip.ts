import * as tf from '@tensorflow/tfjs-core';
import type { AddLayer, SkipLayer } from '../../experiment/operators/skip';
import { conv } from './conv';
import type { Operator } from './operator';

/** Holds its input, projected if its layer says so, and passes it on. */
export const skipOperator: Operator<SkipLayer> = {
  forward(x, { name, filters }, { value, held }) {
    const kept =
      filters === undefined ? x : conv(x as tf.Tensor4D, value('kernel') as tf.Tensor4D, value('bias') as tf.Tensor1D, 'same', false);
    held.set(name, kept);
    return x;
  },
};

/** y = x + what the skip layer held. The twin is numerics/network/layers. */
export const addOperator: Operator<AddLayer> = {
  forward(x, { from }, { held }) {
    const kept = held.get(from);
    if (!kept) throw new Error(`No layer before this one holds ${from}.`);
    return tf.add(x, kept);
  },
};
