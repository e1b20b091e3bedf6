import * as tf from '@tensorflow/tfjs-core';
import { softmaxCrossEntropy as crossEntropyOfArrays } from '../../numerics/training/loss';
import { hostValue } from '../device/gpu-program';
import { type ArrayKernel, setArrayKernel } from './shared/arrays';
import { hasKernel, KernelName, runKernel } from './shared/dispatch';

export interface LossAndCorrect {
  /** Scalar: mean of −ln softmax(logits)[label] over the batch. Differentiable with respect to the logits. */
  readonly loss: tf.Scalar;
  /** Scalar: how many rows have their largest logit at the label (the first one, if several are equal). */
  readonly correct: tf.Scalar;
}

/**
 * Softmax cross-entropy of integer labels, with its gradient (softmax − one-hot) / n and the number of right answers.
 * @param logits [n, c]  @param labels int32 [n], each 0 … c − 1
 * @throws RangeError if the shapes do not fit; on wasm and cpu also if a label is not a class
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): LossAndCorrect {
  if (logits.rank !== 2 || labels.rank !== 1 || logits.shape[0] !== labels.shape[0])
    throw new RangeError(`Logits [${logits.shape}] and labels [${labels.shape}] do not fit together.`);
  if (!hasKernel(KernelName.softmaxCrossEntropy)) return composed(logits, labels);
  const [loss, correct, gradient] = runKernel(KernelName.softmaxCrossEntropy, { logits, labels });
  // The tape keeps a copy of its own.
  gradient!.dispose();
  return { loss: loss as tf.Scalar, correct: correct as tf.Scalar };
}

function composed(logits: tf.Tensor2D, labels: tf.Tensor1D): LossAndCorrect {
  const [n, classes] = logits.shape;
  const mean = tf.customGrad((x, save) => {
    const shifted = tf.sub(x as tf.Tensor, tf.max(x as tf.Tensor, 1, true));
    const exponentials = tf.exp(shifted);
    const total = tf.sum(exponentials, 1, true);
    const target = tf.cast(tf.oneHot(labels, classes), 'float32');
    const losses = tf.sub(tf.log(total), tf.sum(tf.mul(shifted, target), 1, true));
    const gradient = tf.div(tf.sub(tf.div(exponentials, total), target), n);
    (save as tf.GradSaveFunc)([gradient]);
    return {
      value: tf.div(tf.sum(losses), n) as tf.Scalar,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0]!),
    };
  });
  const correct = tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'float32')) as tf.Scalar;
  return { loss: mean(logits) as tf.Scalar, correct };
}

const crossEntropyKernel: ArrayKernel = ({ logits, labels }, arrays) => {
  const [n, classes] = logits!.shape as [number, number];
  const outputs = [arrays.output([], 'float32'), arrays.output([], 'float32'), arrays.output([n, classes], 'float32')];
  const result = crossEntropyOfArrays(arrays.float32(logits), arrays.int32(labels), classes);
  for (const [i, values] of [[result.loss], [result.correct], result.gradient].entries()) arrays.float32(outputs[i]).set(values);
  return outputs;
};

// One gradient for all backends: the kernel computed it already.
tf.registerGradient({
  kernelName: KernelName.softmaxCrossEntropy,
  outputsToSave: [false, false, true],
  gradFunc: (dy, [gradient]) => ({
    logits: () => {
      const above = (dy as tf.Tensor[])[0]!;
      // The gradient of the loss itself starts from a constant 1 that no kernel has made: nothing to multiply by.
      return hostValue(above) === 1 ? tf.clone(gradient!) : tf.mul(above, gradient!);
    },
  }),
});
setArrayKernel(KernelName.softmaxCrossEntropy, crossEntropyKernel);

/**
 * Squared hinge loss against targets ±1, mean over rows and classes, with its gradient and the number of right answers, composed of
 * tfjs operations on every backend. numerics/training/loss is the twin.
 * @param outputs [n, c]  @param labels int32 [n], each 0 … c − 1
 * @throws RangeError if the shapes do not fit
 */
export function squaredHinge(outputs: tf.Tensor2D, labels: tf.Tensor1D): LossAndCorrect {
  if (outputs.rank !== 2 || labels.rank !== 1 || outputs.shape[0] !== labels.shape[0])
    throw new RangeError(`Outputs [${outputs.shape}] and labels [${labels.shape}] do not fit together.`);
  const [n, classes] = outputs.shape;
  const mean = tf.customGrad((y, save) => {
    const target = tf.sub(tf.mul(tf.cast(tf.oneHot(labels, classes), 'float32'), 2), 1);
    const margin = tf.sub(1, tf.mul(target, y as tf.Tensor));
    // A product and not a maximum, which on WebGPU may swallow a NaN.
    const missing = tf.mul(margin, tf.cast(tf.greater(margin, 0), 'float32'));
    (save as tf.GradSaveFunc)([tf.mul(tf.mul(missing, target), -2 / (n * classes))]);
    return {
      value: tf.div(tf.sum(tf.square(missing)), n * classes) as tf.Scalar,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0] as tf.Tensor),
    };
  });
  const correct = tf.sum(tf.cast(tf.equal(tf.argMax(outputs, 1), labels), 'float32')) as tf.Scalar;
  return { loss: mean(outputs) as tf.Scalar, correct };
}
