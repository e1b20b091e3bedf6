import * as tf from '@tensorflow/tfjs-core';
import { type LossAndCorrect, softmaxCrossEntropy, squaredHinge } from '../kernels/loss';
import type { Network } from '../network/network';
import { l1Penalty, shrink } from './l1';
import type { Objective } from './objective';
import { prunedGradients } from './prune-gradients';

const losses: Readonly<Record<string, (outputs: tf.Tensor2D, labels: tf.Tensor1D) => LossAndCorrect>> = {
  'cross-entropy': softmaxCrossEntropy,
  'squared-hinge': squaredHinge,
};

/** What makes weights or their changes sparse. */
export interface Sparsifiers {
  /** Of the L1 term; 0 for none. */
  readonly l1?: number;
  /** The L1 term is a soft threshold after each step, in place of a penalty. */
  readonly proximal?: boolean;
  /** Below this many times the root mean square of its array, the gradient of a weight counts as 0. */
  readonly gradientThreshold?: number;
}

/**
 * The right labels, over the network's weights and what its parametrizations learn.
 * @param loss an id of the train stage's table; cross-entropy if absent
 * @throws RangeError for an unknown loss
 */
export function labelObjective(
  network: Network,
  loss = 'cross-entropy',
  { l1 = 0, proximal = false, gradientThreshold = 0 }: Sparsifiers = {},
): Objective {
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
      const penalized = l1 > 0 && !proximal;
      return { ...result, minimized: penalized ? (tf.add(minimized, l1Penalty(network, l1)) as tf.Scalar) : minimized };
    },
    ...(gradientThreshold > 0 && { gradients: (found) => prunedGradients(found, network.learned, gradientThreshold) }),
    afterStep(context) {
      if (l1 > 0 && proximal) shrink(network, l1, context);
      network.afterStep(context);
    },
  };
}
