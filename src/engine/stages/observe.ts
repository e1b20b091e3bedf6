import * as tf from '@tensorflow/tfjs-core';
import { RangeObserver } from '../../numerics/calibration';
import { readTensor } from '../device/gpu-program';
import { notTraining } from '../device/step-context';
import type { Feeder } from '../nn/feeder';
import type { Network } from '../nn/network';

const BATCH = 64;

/** What flows into every product layer, over the first images of the training set. @returns an observer for each layer, by name */
export async function observeActivations(network: Network, feeder: Feeder, samples: number): Promise<ReadonlyMap<string, RangeObserver>> {
  const observers = new Map(network.products.map(({ layer }) => [layer, new RangeObserver()]));
  const count = Math.min(samples, feeder.train.length);
  for (let from = 0; from < count; from += BATCH) {
    const indices = feeder.train.subarray(from, Math.min(from + BATCH, count));
    await feeder.ready(indices);
    const images = new Float32Array(indices.length * feeder.pixels);
    feeder.fill(indices, images, new Int32Array(indices.length));
    const seen = new Map<string, tf.Tensor>();
    tf.tidy(() => {
      const observe = (layer: string, input: tf.Tensor) => seen.set(layer, tf.keep(tf.clone(input)));
      network.forward(tf.tensor2d(images, [indices.length, feeder.pixels]), { ...notTraining, observe });
    });
    for (const [layer, input] of seen) {
      observers.get(layer)?.add(await readTensor(input));
      input.dispose();
    }
  }
  return observers;
}
