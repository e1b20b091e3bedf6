import * as tf from '@tensorflow/tfjs-core';
import { eachBatch } from '../images/each-batch';
import type { Feeder } from '../images/feeder';
import type { Batch } from '../training/objective';

/**
 * The mean over training images of what `compute` gives for each batch, weighted by its size.
 * @param samples at most so many images, those that calibrate quantizers
 * @param compute tensors that are means over the batch, always of the same shapes
 */
export async function meanOverImages(feeder: Feeder, samples: number, compute: (batch: Batch) => tf.Tensor[]): Promise<Float32Array[]> {
  let sums: Float64Array[] = [];
  let count = 0;
  await eachBatch(feeder, samples, async (images, labels) => {
    const size = images.shape[0];
    const tensors = tf.tidy(() => compute({ images, labels }));
    const arrays = await Promise.all(tensors.map((tensor) => tensor.data()));
    tf.dispose(tensors);
    if (sums.length === 0) sums = arrays.map(({ length }) => new Float64Array(length));
    arrays.forEach((values, t) => {
      const sum = sums[t] as Float64Array;
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (values[i] as number) * size;
    });
    count += size;
  });
  return sums.map((sum) => Float32Array.from(sum, (value) => value / count));
}
