import * as tf from '@tensorflow/tfjs-core';
import type { GlobalPoolLayer } from '../../experiment/operators/global-pool';
import type { Operator } from './operator';

/** [n, height, width, channels] → [n, channels]. The twin is `globalPool` of numerics/network/layers. */
export const globalPoolOperator: Operator<GlobalPoolLayer> = { forward: (x) => tf.mean(x, [1, 2]) };
