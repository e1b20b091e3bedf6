import type * as tf from '@tensorflow/tfjs-core';
import { type LossAndCorrect, softmaxCrossEntropy } from '../kernels/loss';
import { squaredHinge } from '../kernels/squared-hinge';

const losses: Readonly<Record<string, (outputs: tf.Tensor2D, labels: tf.Tensor1D) => LossAndCorrect>> = {
  'cross-entropy': softmaxCrossEntropy,
  'squared-hinge': squaredHinge,
};

/** The loss of a training stage; cross-entropy if it names none. @throws RangeError for an unknown one */
export function trainingLoss(id = 'cross-entropy'): (outputs: tf.Tensor2D, labels: tf.Tensor1D) => LossAndCorrect {
  const loss = Object.hasOwn(losses, id) ? losses[id] : undefined;
  if (!loss) throw new RangeError(`There is no loss called "${id}".`);
  return loss;
}
