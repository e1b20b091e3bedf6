import type * as tf from '@tensorflow/tfjs-core';
import type { ParameterSpec } from '../../experiment/layers';
import type { View } from '../views/view';

/** One array of the network with the views over it. */
export interface Parameter {
  readonly spec: ParameterSpec;
  /** Position in the model: keys its random streams. */
  readonly index: number;
  readonly latent: tf.Variable;
  readonly views: View[];
}
