import type { Encoding } from '../container/stored-tensor';
import type { Granularity } from '../scales/scale-grid';
import { type NestedScales, nestedCodes, nestedValues } from './nested-scale';

/** More bits than this the file's uniform codes do not have. */
const MOST_BITS = 24;

/**
 * The codes of a nested layer with as few bits as their range needs, ⌈log2(max − min + 1)⌉ for the tensor, 0 always among them so that
 * a zero-point of as many bits exists. Scales come without zero-points where two's complement holds the codes as they are. Weights
 * that need more than 24 bits stay floats.
 */
export function nestedEncoding(latent: Float32Array, nested: NestedScales, granularity: Granularity): Encoding {
  const codes = nestedCodes(latent, nested);
  let [min, max] = [0, 0];
  for (const code of codes) {
    min = Math.min(min, code);
    max = Math.max(max, code);
  }
  const bits = Math.max(1, Math.ceil(Math.log2(max - min + 1)));
  if (!(bits <= MOST_BITS)) return { kind: 'float32', values: nestedValues(latent, nested) };
  const half = 2 ** (bits - 1);
  const scales = nested.scales.slice();
  if (min >= -half && max < half) return { kind: 'uniform', bits, codes: Int32Array.from(codes), scales, granularity };
  const zeroPoint = -half - min;
  const zeroPoints = new Int32Array(scales.length).fill(zeroPoint);
  return { kind: 'uniform', bits, codes: Int32Array.from(codes, (code) => code + zeroPoint), scales, zeroPoints, granularity };
}
