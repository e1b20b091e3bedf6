import * as tf from '@tensorflow/tfjs-core';
import type { Feeder } from '../images/feeder';
import type { Batch } from '../training/objective';

const BATCH = 64;

/**
 * The mean over training images of what `compute` gives for each batch, weighted by its size.
 * @param samples at most so many images, those that calibrate quantizers
 * @param compute tensors that are means over the batch, always of the same shapes
 */
export async function meanOverImages(feeder: Feeder, samples: number, compute: (batch: Batch) => tf.Tensor[]): Promise<Float32Array[]> {
  const chosen = feeder.calibration(samples);
  await feeder.ready(chosen);
  let sums: Float64Array[] = [];
  for (let from = 0; from < chosen.length; from += BATCH) {
    const indices = chosen.subarray(from, from + BATCH);
    const pixels = new Float32Array(indices.length * feeder.pixels);
    const classes = new Int32Array(indices.length);
    feeder.fill(indices, pixels, classes);
    const tensors = tf.tidy(() =>
      compute({ images: tf.tensor2d(pixels, [indices.length, feeder.pixels]), labels: tf.tensor1d(classes, 'int32') }),
    );
    const arrays = await Promise.all(tensors.map((tensor) => tensor.data()));
    tf.dispose(tensors);
    if (sums.length === 0) sums = arrays.map(({ length }) => new Float64Array(length));
    arrays.forEach((values, t) => {
      const sum = sums[t] as Float64Array;
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (values[i] as number) * indices.length;
    });
  }
  return sums.map((sum) => Float32Array.from(sum, (value) => value / chosen.length));
}
