import * as tf from '@tensorflow/tfjs-core';
import { type LossAndCorrect, softmaxCrossEntropy, squaredHinge } from '../kernels/loss';
import type { Network } from '../network/network';
import { l1Penalty, shrink } from './l1';
import type { Objective } from './objective';

const losses: Readonly<Record<string, (outputs: tf.Tensor2D, labels: tf.Tensor1D) => LossAndCorrect>> = {
  'cross-entropy': softmaxCrossEntropy,
  'squared-hinge': squaredHinge,
};

/** An L1 term, as a penalty or as a soft threshold after each step. */
export interface L1 {
  /** 0 for none. */
  readonly lambda: number;
  readonly proximal: boolean;
}

/**
 * The right labels, over the network's weights and what its parametrizations learn.
 * @param loss an id of the train stage's table; cross-entropy if absent  @param l1 how weights are drawn to 0, if they are
 * @throws RangeError for an unknown loss
 */
export function labelObjective(network: Network, loss = 'cross-entropy', l1: L1 = { lambda: 0, proximal: false }): Objective {
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
      const minimized = network.penalized(result.loss, context);
      const penalized = l1.lambda > 0 && !l1.proximal;
      return { ...result, minimized: penalized ? (tf.add(minimized, l1Penalty(network, l1.lambda)) as tf.Scalar) : minimized };
    },
    afterStep(context) {
      if (l1.lambda > 0 && l1.proximal) shrink(network, l1.lambda, context);
      network.afterStep(context);
    },
  };
}
