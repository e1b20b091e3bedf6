import * as tf from '@tensorflow/tfjs-core';
import type { ImageSet } from '../../datasets/types';
import type { Evaluation, TestReport, WrongImage } from '../../experiment/events';
import { type Affine, gatherBatch } from './batches';
import type { Network } from './network';

const BATCH = 500;
const SHOWN_WRONG = 60;

interface Predictions {
  readonly predicted: Int32Array;
  /** Softmax probability of the predicted class. */
  readonly confidence: Float32Array;
  /** Cross-entropy of each image. */
  readonly loss: Float32Array;
}

/** Runs the network without dropout over the chosen images. */
async function predict(
  network: Network,
  set: ImageSet,
  indices: Uint32Array,
  affine: Affine,
  replace?: ReadonlyMap<string, tf.Tensor>,
): Promise<Predictions> {
  const { height, width, channels } = network.input;
  const pixels = height * width * channels;
  const predicted = new Int32Array(indices.length);
  const confidence = new Float32Array(indices.length);
  const loss = new Float32Array(indices.length);
  for (let from = 0; from < indices.length; from += BATCH) {
    const count = Math.min(BATCH, indices.length - from);
    const images = new Float32Array(count * pixels);
    const labels = new Int32Array(count);
    gatherBatch(set, indices, from, affine, images, labels);
    const logits = tf.tidy(() => network.forward(tf.tensor2d(images, [count, pixels]), { training: false, seed: 0, step: 0, replace }));
    const values = await logits.data();
    logits.dispose();
    const classes = values.length / count;
    for (let i = 0; i < count; i++) {
      const row = values.subarray(i * classes, (i + 1) * classes) as Float32Array;
      const result = softmaxRow(row, labels[i] ?? 0);
      predicted[from + i] = result.predicted;
      confidence[from + i] = result.confidence;
      loss[from + i] = result.loss;
    }
  }
  return { predicted, confidence, loss };
}

function softmaxRow(logits: Float32Array, label: number): { predicted: number; confidence: number; loss: number } {
  let predicted = 0;
  for (let c = 1; c < logits.length; c++) if ((logits[c] ?? 0) > (logits[predicted] ?? 0)) predicted = c;
  const top = logits[predicted] ?? 0;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - top);
  return { predicted, confidence: 1 / sum, loss: Math.log(sum) + top - (logits[label] ?? 0) };
}

/** Accuracy and mean loss over the chosen images. */
export async function evaluate(network: Network, set: ImageSet, indices: Uint32Array, affine: Affine): Promise<Evaluation> {
  const { predicted, loss } = await predict(network, set, indices, affine);
  return { count: indices.length, accuracy: share(set, indices, predicted), loss: mean(loss) };
}

/**
 * The whole test set through the values that the model file holds.
 * @param replace decoded values by parameter name
 */
export async function test(
  network: Network,
  set: ImageSet,
  classes: number,
  affine: Affine,
  replace: Readonly<Record<string, Float32Array>>,
): Promise<{ report: TestReport; predicted: Int32Array }> {
  const indices = Uint32Array.from({ length: set.count }, (_, i) => i);
  const tensors = new Map(
    network.parameters.flatMap(({ spec }) => {
      const values = replace[spec.name];
      return values ? [[spec.name, tf.tensor(values, [...spec.shape])] as const] : [];
    }),
  );
  try {
    const { predicted, confidence, loss } = await predict(network, set, indices, affine, tensors);
    const confusion = new Uint32Array(classes * classes);
    const wrong: WrongImage[] = [];
    const pixels = set.pixels.length / set.count;
    for (let i = 0; i < set.count; i++) {
      const label = set.labels[i] ?? 0;
      const guess = predicted[i] ?? 0;
      const cell = label * classes + guess;
      confusion[cell] = (confusion[cell] ?? 0) + 1;
      if (guess !== label && wrong.length < SHOWN_WRONG) {
        wrong.push({
          index: i,
          label,
          predicted: guess,
          confidence: confidence[i] ?? 0,
          pixels: set.pixels.slice(i * pixels, (i + 1) * pixels),
        });
      }
    }
    const accuracy = share(set, indices, predicted);
    return { report: { count: set.count, accuracy, loss: mean(loss), confusion, wrong }, predicted };
  } finally {
    for (const tensor of tensors.values()) tensor.dispose();
  }
}

function share(set: ImageSet, indices: Uint32Array, predicted: Int32Array): number {
  let right = 0;
  for (let i = 0; i < indices.length; i++) if (set.labels[indices[i] ?? 0] === predicted[i]) right++;
  return right / indices.length;
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
