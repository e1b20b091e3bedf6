import type { LayerSpec } from '../../experiment/layers';

type Values = Readonly<Record<string, Float32Array>>;

/** A product layer with the batch norm right behind it. */
export interface Foldable {
  readonly product: string;
  readonly norm: string;
  readonly epsilon: number;
}

/** The batch norms that can be merged into the product before them: nothing may stand between the two. */
export function foldable(layers: readonly LayerSpec[]): readonly Foldable[] {
  return layers.flatMap((layer, i) => {
    const before = layers[i - 1];
    if (layer.type !== 'batchNorm' || (before?.type !== 'dense' && before?.type !== 'conv')) return [];
    return [{ product: before.name, norm: layer.name, epsilon: layer.epsilon }];
  });
}

/**
 * Merges a batch norm's moving statistics into kernel and bias: w' = γ w / √(σ² + ε), b' = β + γ (b − μ) / √(σ² + ε), for each
 * output channel (Jacob et al. 2018, arXiv 1712.05877, equation 14).
 * @param values latent values by parameter name  @returns new kernel and bias, by parameter name
 */
export function folded({ product, norm, epsilon }: Foldable, values: Values): Values {
  const get = (name: string) => values[name] ?? new Float32Array();
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map((role) => get(`${norm}/${role}`)) as Float32Array[];
  const factor = gamma!.map((g, c) => g / Math.sqrt((variance![c] ?? 1) + epsilon));
  const kernel = get(`${product}/kernel`).map((w, i) => w * (factor[i % factor.length] ?? 1));
  const bias = get(`${product}/bias`).map((b, c) => (beta![c] ?? 0) + (factor[c] ?? 1) * (b - (mean![c] ?? 0)));
  return { [`${product}/kernel`]: kernel, [`${product}/bias`]: bias };
}
