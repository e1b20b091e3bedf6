import * as tf from '@tensorflow/tfjs-core';
import type { ImageShape, LayerSpec } from '../../experiment/operators/layers';
import type { Arrays } from '../../experiment/types/model-state';
import { readTensor } from '../device/gpu-program';
import { notTraining } from '../device/step-context';
import { eachBatch } from '../images/each-batch';
import type { Feeder } from '../images/feeder';
import { Network } from '../network/network';

interface Side {
  readonly layers: readonly LayerSpec[];
  readonly values: Arrays;
}

/** How many training images the two networks are compared on. */
const IMAGES = 64;

/**
 * The largest difference between a logit of the masked network and of the one whose units are removed, over 64 training images, both in
 * float32 and without quantizers; and the largest logit, to compare it with.
 */
export async function removalDifference(
  masked: Side,
  removed: Side,
  { input, seed, feeder }: { readonly input: ImageShape; readonly seed: number; readonly feeder: Feeder },
): Promise<{ readonly difference: number; readonly largest: number }> {
  const [before, after] = [await logits(masked, input, seed, feeder), await logits(removed, input, seed, feeder)];
  let [difference, largest] = [0, 0];
  for (const [i, logit] of before.entries()) {
    difference = Math.max(difference, Math.abs(logit - (after[i] ?? Number.NaN)));
    largest = Math.max(largest, Math.abs(logit));
  }
  return { difference, largest };
}

async function logits({ layers, values }: Side, input: ImageShape, seed: number, feeder: Feeder): Promise<Float32Array> {
  const network = new Network(layers, input, seed);
  network.write(values);
  let found = new Float32Array();
  await eachBatch(feeder, IMAGES, async (images) => {
    const outputs = tf.tidy(() => network.forward(images, notTraining));
    found = Float32Array.from(await readTensor(outputs));
    outputs.dispose();
  });
  network.dispose();
  return found;
}
