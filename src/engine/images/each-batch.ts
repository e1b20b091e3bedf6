import * as tf from '@tensorflow/tfjs-core';
import type { Feeder } from './feeder';

const BATCH = 64;

/**
 * Shows the training images that calibrate quantizers in batches of at most 64, the same for the same experiment. The tensors are freed after each visit.
 * @param count images in all
 * @returns how many batches there were
 */
export async function eachBatch(
  feeder: Feeder,
  count: number,
  visit: (images: tf.Tensor2D, labels: tf.Tensor1D) => Promise<void>,
): Promise<number> {
  const chosen = feeder.calibration(count);
  let batches = 0;
  for (let from = 0; from < chosen.length; from += BATCH) {
    const indices = chosen.subarray(from, from + BATCH);
    await feeder.ready(indices);
    const [pixels, labels] = [new Float32Array(indices.length * feeder.pixels), new Int32Array(indices.length)];
    feeder.fill(indices, pixels, labels);
    const tensors = [tf.tensor2d(pixels, [indices.length, feeder.pixels]), tf.tensor1d(labels, 'int32')] as const;
    try {
      await visit(...tensors);
    } finally {
      tf.dispose([...tensors]);
    }
    batches += 1;
  }
  return batches;
}
