import * as tf from '@tensorflow/tfjs-core';
import type { ImageSet } from '../../datasets/types';
import { breathe } from '../device/breathe';
import { gpuBackend } from '../device/gpu-program';
import { notTraining } from '../device/step-context';
import { type Affine, gatherBatch } from '../images/batches';
import type { Network } from '../network/network';
import { CapturedEvaluator } from './captured-evaluator';
import { type Evaluator, evaluationBatch, replacements } from './evaluator';

/** The forward pass as tfjs runs it, batch after batch. */
export class EagerEvaluator implements Evaluator {
  constructor(
    private readonly network: Network,
    private readonly affine: Affine,
  ) {}

  async logits(set: ImageSet, indices: Uint32Array, replace?: Readonly<Record<string, Float32Array>>): Promise<Float32Array> {
    const { network, affine } = this;
    const pixels = set.pixels.length / set.count;
    const batch = evaluationBatch(network);
    const replaced = replace && replacements(network, replace);
    const parts: Float32Array[] = [];
    try {
      for (let from = 0; from < indices.length; from += batch) {
        const count = Math.min(batch, indices.length - from);
        const images = new Float32Array(count * pixels);
        gatherBatch(set, indices, from, affine, images, new Int32Array(count));
        const logits = tf.tidy(() => network.forward(tf.tensor2d(images, [count, pixels]), { ...notTraining, replace: replaced }));
        parts.push(Float32Array.from(await logits.data()));
        logits.dispose();
        await breathe();
      }
    } finally {
      for (const tensor of replaced?.values() ?? []) tensor.dispose();
    }
    return joined(parts);
  }

  async warmUp(): Promise<void> {}

  dispose(): void {}
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Captured on WebGPU, eager elsewhere and where the images do not fit the GPU. */
export function createEvaluator(network: Network, affine: Affine): Evaluator {
  const gpu = gpuBackend();
  const eager = new EagerEvaluator(network, affine);
  return gpu ? new CapturedEvaluator(gpu, network, affine, eager) : eager;
}
