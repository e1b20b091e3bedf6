import type { LayerSpec } from '../../experiment/operators/layers';
import { operatorOf } from '../../experiment/operators/registry';
import type { Model, Rewritten } from './rewrite';

type Values = Model['values'];

/** A linear layer with the batch norm right after it. */
export interface Foldable {
  readonly linear: string;
  /** The part of its weights whose last axis are the outputs. */
  readonly part: string;
  readonly norm: string;
  readonly epsilon: number;
}

/**
 * Merges every batch norm right after a linear layer into it, by its moving statistics. The function of the network,
 * measured outside training, stays. Jacob et al. 2018 (arXiv 1712.05877), section 3.2.
 */
export function foldBatchNorm({ layers, values }: Pick<Model, 'layers' | 'values'>): Rewritten {
  const places = foldable(layers);
  const gone = new Set(places.map(({ norm }) => norm));
  return {
    layers: layers.filter((layer) => layer.type !== 'batchNorm' || !gone.has(layer.name)),
    values: Object.assign({}, ...places.map((place) => folded(place, values))),
  };
}

/** The batch norms that can be merged into the layer before them: nothing may be between the two. */
export function foldable(layers: readonly LayerSpec[]): readonly Foldable[] {
  return layers.flatMap((layer, i) => {
    const before = layers[i - 1];
    const part = before && operatorOf(before).outputs;
    if (layer.type !== 'batchNorm' || !part || !('name' in before)) return [];
    return [{ linear: before.name, part, norm: layer.name, epsilon: layer.epsilon }];
  });
}

/**
 * Merges a batch norm's moving statistics into weights and bias: w' = γ w / √(σ² + ε), b' = β + γ (b − μ) / √(σ² + ε), for each
 * output channel (equation 14). Of a layer with factors the one whose columns are the outputs is scaled.
 * @param values latent values by parameter name  @returns new weights and bias, by parameter name
 */
export function folded({ linear, part, norm, epsilon }: Foldable, values: Values): Values {
  const get = (name: string) => values[name] ?? new Float32Array();
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map((role) => get(`${norm}/${role}`)) as Float32Array[];
  const factor = gamma!.map((g, c) => g / Math.sqrt((variance![c] ?? 1) + epsilon));
  const name = `${linear}/${part}`;
  const weights = get(name).map((w, i) => w * (factor[i % factor.length] ?? 1));
  const bias = get(`${linear}/bias`).map((b, c) => (beta![c] ?? 0) + (factor[c] ?? 1) * (b - (mean![c] ?? 0)));
  return { [name]: weights, [`${linear}/bias`]: bias };
}
