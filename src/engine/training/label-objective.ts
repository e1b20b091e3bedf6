import type * as tf from '@tensorflow/tfjs-core';
import { type LossAndCorrect, softmaxCrossEntropy, squaredHinge } from '../kernels/loss';
import type { Network } from '../network/network';
import type { Objective } from './objective';

const losses: Readonly<Record<string, (outputs: tf.Tensor2D, labels: tf.Tensor1D) => LossAndCorrect>> = {
  'cross-entropy': softmaxCrossEntropy,
  'squared-hinge': squaredHinge,
};

/**
 * The right labels, over the network's weights and what its parametrizations learn.
 * @param loss an id of the train stage's table; cross-entropy if absent  @throws RangeError for an unknown one
 */
export function labelObjective(network: Network, loss = 'cross-entropy'): Objective {
  const lossOf = Object.hasOwn(losses, loss) ? losses[loss] : undefined;
  if (!lossOf) throw new RangeError(`There is no loss called "${loss}".`);
  return {
    get learned() {
      return network.learned;
    },
    get variables() {
      return network.variables;
    },
    value({ images, labels }, context) {
      const result = lossOf(network.forward(images, context), labels);
      return { ...result, minimized: network.penalized(result.loss, context) };
    },
    afterStep: (context) => network.afterStep(context),
  };
}
