import type * as tf from '@tensorflow/tfjs-core';
import type { BatchNormLayer } from '../../experiment/operators/batch-norm';
import { batchNormEvaluate, batchNormTrain } from '../nn/batch-norm';
import type { Operator } from './operator';

/** With the batch's statistics while training, which move the averages; else with the averages. */
export const batchNormOperator: Operator<BatchNormLayer> = {
  forward(x, layer, { step, value, latent }) {
    const vector = (part: string) => value(part) as tf.Tensor1D;
    if (step.training) return batchNormTrain(x, vector('gamma'), vector('beta'), latent('mean'), latent('variance'), layer);
    return batchNormEvaluate(x, vector('mean'), vector('variance'), vector('gamma'), vector('beta'), layer.epsilon);
  },
};
