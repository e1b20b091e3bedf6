import { weightsLabel } from '../../experiment/operators/layers';
import type { Histogram, LayerInspection, WeightTiles } from '../../experiment/types/events';
import type { QuantizerInspection } from '../../numerics/inspection/quantizer-inspection';
import { inspectSparsity } from '../../numerics/inspection/sparsity';
import { histogram, range } from '../../numerics/measures/histogram';
import type { Network } from '../network/network';
import type { StoredModel } from '../state/store-model';
import { storedLevels } from './stored-levels';

const BINS = 121;
const MAX_TILES = 64;

/** What the pictures of the weights show: every layer's latent histogram and stored levels, and its quantizer. */
export function inspectLayers(
  network: Network,
  latent: Readonly<Record<string, Float32Array>>,
  stored: StoredModel,
  inspections: ReadonlyMap<string, QuantizerInspection> = new Map(),
): LayerInspection[] {
  return network.weights.map(({ spec }) => ({
    layer: weightsLabel(spec),
    shape: spec.shape,
    ...sparsityOf(spec, latent[spec.name], stored),
    ...latentOf(latent[spec.name] ?? new Float32Array(), stored.kept[spec.name]),
    stored: storedLevels(stored.tensors.find((tensor) => tensor.name === spec.name)),
    quantizer: inspections.get(weightsLabel(spec)) ?? null,
  }));
}

function sparsityOf(
  { name, shape }: { readonly name: string; readonly shape: readonly number[] },
  latent: Float32Array | undefined,
  { decoded, kept }: Pick<StoredModel, 'decoded' | 'kept'>,
): Pick<LayerInspection, 'sparsity'> {
  const values = decoded[name];
  return latent && values ? { sparsity: inspectSparsity({ shape, latent, stored: values, kept: kept[name] }) } : {};
}

/** The weights that are not pruned, and how many are. */
function latentOf(values: Float32Array, kept: Uint8Array | undefined): Pick<LayerInspection, 'latent' | 'pruned'> {
  if (!kept) return { latent: latentHistogram(values) };
  const left = values.filter((_, i) => kept[i] === 1);
  return { latent: latentHistogram(left), pruned: values.length - left.length };
}

/** Symmetric about zero, so that the pictures of two layers or two moments can be compared. */
function latentHistogram(values: Float32Array): Histogram {
  const { min, max } = range(values);
  const reach = Math.max(-min, max) || 1;
  return { min: -reach, max: reach, counts: histogram(values, -reach, reach, BINS) };
}

/** First-layer weights as pictures; null where they are not image-shaped. */
export function weightTiles(network: Network, decoded: Readonly<Record<string, Float32Array>>): WeightTiles | null {
  const first = network.weights[0]?.spec;
  const values = first && decoded[first.name];
  if (!first || !values) return null;
  const convolution = first.shape.length === 4;
  const [height = 0, width = 0, channels = 0] = convolution
    ? first.shape
    : [network.input.height, network.input.width, network.input.channels];
  const units = first.shape.at(-1) ?? 0;
  const count = Math.min(units, MAX_TILES);
  const area = height * width * channels;
  if (channels !== 1 && channels !== 3) return null;
  const tiles = new Float32Array(count * area);
  for (let unit = 0; unit < count; unit++) {
    for (let p = 0; p < area; p++) tiles[unit * area + p] = values[p * units + unit] ?? 0;
  }
  return { layer: weightsLabel(first), width, height, channels, count, values: tiles };
}
