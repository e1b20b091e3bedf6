import type * as tf from '@tensorflow/tfjs-core';
import type { ParameterSpec } from '../../experiment/operators/operator';
import type { View } from '../views/view';

/** One array of the network with the views over it. */
export interface Parameter {
  readonly spec: ParameterSpec;
  readonly latent: tf.Variable;
  readonly views: View[];
}
