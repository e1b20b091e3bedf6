/** For tests: what is minimized is not always the labels' loss, and what moves not always the weights. */
import * as tf from '@tensorflow/tfjs-core';
import { notTraining } from '../device/step-context';
import { softmaxCrossEntropy } from '../kernels/loss';
import type { Network } from '../network/network';
import type { Objective } from '../training/objective';

/** The network's loss for these labels, over images: they move, the network stays as it is. @param images [n, pixels] */
export function imageObjective(network: Network, images: tf.Variable, labels: readonly number[]): Objective {
  return {
    learned: [{ name: 'images', variable: images, decays: false, rate: 1 }],
    variables: [images, ...network.variables],
    value() {
      const { loss, correct } = softmaxCrossEntropy(network.forward(images, notTraining), tf.tensor1d([...labels], 'int32'));
      return { loss, correct, minimized: loss };
    },
    afterStep() {},
  };
}

/** The cross-entropy against what a teacher, which stays as it is, takes the images for, over the network's weights. */
export function teacherObjective(network: Network, teacher: Network): Objective {
  return {
    learned: network.learned,
    variables: [...network.variables, ...teacher.variables],
    value({ images, labels }, context) {
      const target = tf.softmax(teacher.forward(images, notTraining));
      const logits = network.forward(images, context);
      const loss = tf.neg(tf.mean(tf.sum(tf.mul(target, tf.logSoftmax(logits)), 1))) as tf.Scalar;
      const { correct } = softmaxCrossEntropy(logits, labels);
      return { loss, correct, minimized: network.penalized(loss, context) };
    },
    afterStep: (context) => network.afterStep(context),
  };
}
