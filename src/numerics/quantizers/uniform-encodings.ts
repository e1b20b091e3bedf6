import type { Encoding } from '../container/stored-tensor';
import type { Rounding } from '../rounding/rounding';
import { type AffineSettings, isSigns } from '../scales/affine';
import { affineCodes, blockParameters, type Ranges } from '../scales/affine-groups';
import { gridCodes } from '../scales/fitted-scale';
import { type Granularity, scaleGrid } from '../scales/scale-grid';
import type { RoundingStream } from '../scales/uniform';
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

/** What the file stores for these weights. @throws RangeError if a value is not finite */
export function gridEncoding(
  values: Float32Array,
  scales: Float32Array,
  shape: readonly number[],
  granularity: Granularity,
  bits: number,
): Encoding {
  const codes = gridCodes(values, scales, scaleGrid(shape, granularity), bits);
  const fine = granularity === 'tensor' ? {} : { granularity };
  return bits === 1 ? { kind: 'basis', bits, codes, basis: scales, ...fine } : { kind: 'uniform', bits, codes, scales, ...fine };
}

/** What the file stores: codes are shifted to signed ones, and zero-points with them. */
export function affineEncoding(
  values: Float32Array,
  ranges: Ranges,
  settings: AffineSettings,
  place: { readonly shape: readonly number[]; readonly granularity: Granularity },
  rounding: Rounding,
  stream?: RoundingStream,
): Encoding {
  const { bits, scheme, range } = settings;
  const grid = scaleGrid(place.shape, place.granularity);
  const parameters = blockParameters(ranges, settings);
  const codes = affineCodes(values, parameters, grid, settings, rounding, stream);
  const scales = Float32Array.from(parameters, ({ scale }) => scale);
  const cut = place.granularity === 'tensor' ? {} : { granularity: place.granularity };
  if (isSigns(settings)) return { kind: 'basis', bits, codes, basis: scales, ...cut };
  const shift = range === 'unsigned' ? 2 ** (bits - 1) : 0;
  const shifted = shift === 0 ? codes : codes.map((code) => code - shift);
  if (scheme === 'symmetric' && shift === 0) return { kind: 'uniform', bits, codes, scales, ...cut };
  const zeroPoints = Int32Array.from(parameters, ({ zeroPoint }) => zeroPoint - shift);
  return { kind: 'uniform', bits, codes: shifted, scales, zeroPoints, ...cut };
}
