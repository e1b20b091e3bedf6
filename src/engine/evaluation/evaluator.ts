import * as tf from '@tensorflow/tfjs-core';
import type { ImageSet } from '../../datasets/types';
import { operatorOf } from '../../experiment/operators/registry';
import type { Network } from '../network/network';

/** Runs a network over images without training it. */
export interface Evaluator {
  /**
   * @param indices which images of the set
   * @param replace values to use instead of the network's own, by parameter name
   * @returns logits, indices.length × classes
   */
  logits(set: ImageSet, indices: Uint32Array, replace?: Readonly<Record<string, Float32Array>>): Promise<Float32Array>;
  /** Compiles what `logits` will need for this many images of the set, and for values read from a file. */
  warmUp(set: ImageSet, count: number, replaced: boolean): Promise<void>;
  dispose(): void;
}

/** Images in one forward pass: convolutions need room for their maps. */
export function evaluationBatch(network: Network): number {
  return network.layers.some((layer) => operatorOf(layer).image) ? 100 : 500;
}

/** Tensors of these values, by parameter name. The caller disposes them. */
export function replacements(network: Network, values: Readonly<Record<string, Float32Array>>): Map<string, tf.Tensor> {
  return new Map(
    network.parameters.flatMap(({ spec }) => {
      const own = values[spec.name];
      return own ? [[spec.name, tf.tensor(own.slice(), [...spec.shape])] as const] : [];
    }),
  );
}
