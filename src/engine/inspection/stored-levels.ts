import type { LayerLevels } from '../../experiment/types/events';
import { decodeEncoding } from '../../numerics/container/encoding';
import { encodingKind } from '../../numerics/container/encodings/registry';
import { decodeTensor } from '../../numerics/container/model-file';
import type { Encoding, StoredTensor } from '../../numerics/container/stored-tensor';
import { distinctLevels, type Levels, range } from '../../numerics/measures/histogram';

type Coded = Exclude<Encoding, { readonly kind: 'float32' }>;

/** More distinct values than this are counted in bins. */
const MOST = 512;
/** Odd, so that 0 is the centre of one. */
const BINS = 241;

/** The levels of a quantized tensor and how many weights are at each; null if it is not quantized. NaN has no place. */
export function storedLevels(tensor: StoredTensor | undefined): LayerLevels | null {
  if (!tensor || tensor.encoding.kind === 'float32') return null;
  const { encoding, shape, support } = tensor;
  // What a support leaves out is 0, whatever its code is.
  const { values, counts } = support
    ? distinctLevels(decodeTensor(tensor).filter((value) => !Number.isNaN(value)))
    : distinctValues(encoding, shape);
  const zero = values.indexOf(0);
  // Where no code of a kept weight means 0, the support adds that level.
  const possible = encodingKind(encoding).possibleLevels(encoding);
  const shown = values.length > MOST ? binned(values, counts) : { values, counts };
  return {
    ...shown,
    ...{ bits: encoding.bits, kind: encoding.kind },
    scale: encoding.kind === 'uniform' && encoding.scales.length === 1 ? (encoding.scales[0] ?? 0) : null,
    distinct: values.length,
    possible: possible === null ? null : possible + (support && !hasZero(encoding, shape, support.kept) ? 1 : 0),
    zeros: zero < 0 ? 0 : (counts[zero] ?? 0),
  };
}

function distinctValues(encoding: Coded, shape: readonly number[]): Levels {
  if (encoding.kind !== 'uniform' || encoding.scales.length > 1)
    return distinctLevels(decodeEncoding(encoding, shape).filter((value) => !Number.isNaN(value)));
  // One scale: counting codes is much faster than counting values. Several codes may still have one value: with scale 0, or
  // where float32 overflows.
  const { values, counts } = distinctLevels(encoding.codes);
  const [scale, zeroPoint] = [encoding.scales[0] ?? 0, encoding.zeroPoints?.[0] ?? 0];
  const merged = new Map<number, number>();
  for (const [i, code] of values.entries()) {
    const value = Math.fround((code - zeroPoint) * scale) + 0;
    merged.set(value, (merged.get(value) ?? 0) + (counts[i] ?? 0));
  }
  const sorted = [...merged].sort(([x], [y]) => x - y);
  return { values: Float32Array.from(sorted, ([value]) => value), counts: Uint32Array.from(sorted, ([, n]) => n) };
}

/** Whether some kept weight is 0. */
function hasZero(encoding: Coded, shape: readonly number[], kept: Uint8Array): boolean {
  return decodeEncoding(encoding, shape).some((value, i) => value === 0 && kept[i] === 1);
}

/** Counts in equal bins, symmetric about 0; values that are not finite are left out. */
function binned(values: Float32Array, counts: Uint32Array): Levels {
  const { min, max } = range(values.filter(Number.isFinite));
  const reach = Math.max(-min, max) || 1;
  const bins = new Uint32Array(BINS);
  for (const [i, value] of values.entries()) {
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(BINS - 1, Math.floor(((value + reach) / (2 * reach)) * BINS));
    bins[bin] = (bins[bin] ?? 0) + (counts[i] ?? 0);
  }
  const used = Array.from(bins, (n, i) => [n, i] as const).filter(([n]) => n > 0);
  const width = (2 * reach) / BINS;
  return {
    values: Float32Array.from(used, ([, i]) => (i - (BINS - 1) / 2) * width),
    counts: Uint32Array.from(used, ([n]) => n),
  };
}
