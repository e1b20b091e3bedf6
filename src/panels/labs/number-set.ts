/** The finite numbers of a format in order, whatever the format: what the explorer's line, bits and sentences need. Pure. */
import { encodeFixedPoint, type FixedPoint, fixedPointBits, fixedPointGrid, integerFormat } from '../../numerics/formats/fixed-point';
import { codeOf, formatGrid } from '../../numerics/formats/format-rounding';
import { type NumberFormat, numberOf } from '../../numerics/formats/number-format';
import { powerOfTwo, roundToGrid } from '../../numerics/rounding/rounding-grid';
import { exactText } from './exact-text';

export interface NumberSet {
  readonly label: string;
  /** Numbers are counted from 0, which is zero: 1 is the smallest above it, −1 the one below. The ranks of the smallest and the largest. */
  readonly lowest: number;
  readonly highest: number;
  /** The smallest number above zero, and the largest magnitude. */
  readonly smallest: number;
  readonly bound: number;
  /** Numbers nearer to zero are subnormal; 0 where none is. */
  readonly minNormal: number;
  /** The distance of neighbours where it is the same everywhere. */
  readonly step?: number;
  /** Steps of PageUp and PageDown: a binade, or an eighth of the range. */
  readonly page: number;
  /** What lies beyond becomes the largest or the smallest number. */
  readonly saturates: boolean;
  valueOf(rank: number): number;
  /** The bit pattern of a rank, 0 … 2^bits − 1; that of zero has sign 0. */
  codeOf(rank: number): number;
  /** The rank of a bit pattern; undefined for infinities and NaN. */
  rankOf(code: number): number | undefined;
  /** The number of a bit pattern; also infinities and NaN. */
  numberOf(code: number): number;
  /** The rank of the finite number nearest to x. */
  nearest(x: number): number;
  /** The bit pattern that x is rounded to, ties to even; perhaps an infinity or NaN. */
  round(x: number): number;
  /** A number with the digits that distinguish it from its neighbours. */
  text(x: number): string;
}

export function floatNumbers(format: NumberFormat): NumberSet {
  const { maxFinite, minSubnormal, minNormal, mantissaBits, precision, label } = format;
  const half = powerOfTwo(format.bits - 1);
  const most = codeOf(format, maxFinite);
  const rounded = (x: number, saturate: boolean) =>
    codeOf(format, roundToGrid(Math.fround(x), formatGrid(format, { saturate }), 'nearest-even', 0));
  const rankOf = (code: number) => {
    const magnitude = code % half;
    if (magnitude > most) return undefined;
    return code >= half ? -magnitude : magnitude;
  };
  const digits = Math.max(4, Math.ceil(precision * Math.log10(2)) + 1);
  return {
    label,
    lowest: -most,
    highest: most,
    smallest: minSubnormal,
    bound: maxFinite,
    minNormal,
    page: powerOfTwo(mantissaBits),
    saturates: format.specials === 'none',
    valueOf: (rank) => (rank < 0 ? -numberOf(format, -rank) : numberOf(format, rank)),
    codeOf: (rank) => (rank < 0 ? half - rank : rank),
    rankOf,
    numberOf: (code) => numberOf(format, code),
    nearest: (x) => rankOf(rounded(x, true)) ?? 0,
    round: (x) => rounded(x, false),
    text: (x) => exactText(x, digits),
  };
}

/** Two's complement; ranks are the signed codes. @throws RangeError as `fixedPointGrid` */
export function fixedNumbers(format: FixedPoint): NumberSet {
  const { min, max } = fixedPointGrid(format);
  const step = powerOfTwo(-format.fractionBits);
  const patterns = powerOfTwo(fixedPointBits(format));
  const rankOf = (code: number) => (code >= patterns / 2 ? code - patterns : code);
  const nearest = (x: number) => encodeFixedPoint(Float32Array.of(x), format, 'nearest-even')[0] ?? 0;
  const codeOfRank = (rank: number) => (rank < 0 ? patterns + rank : rank);
  return {
    label: `fixed point <${format.integerBits}, ${format.fractionBits}>`,
    lowest: min / step,
    highest: max / step,
    smallest: step,
    bound: -min,
    minNormal: 0,
    step,
    page: Math.max(1, patterns / 8),
    saturates: true,
    valueOf: (rank) => rank * step,
    codeOf: codeOfRank,
    rankOf,
    numberOf: (code) => rankOf(code) * step,
    nearest,
    round: (x) => codeOfRank(nearest(x)),
    text: (x) => decimals(x, format.fractionBits),
  };
}

/** intN. @throws RangeError as `fixedPointGrid` */
export function integerNumbers(bits: number): NumberSet {
  return { ...fixedNumbers(integerFormat(bits)), label: `int${bits}` };
}

/** All the digits of a multiple of 2^−FL: it has no more than FL after the point. */
function decimals(x: number, fractionBits: number): string {
  const text = (x + 0).toFixed(fractionBits);
  return (fractionBits > 0 ? text.replace(/\.?0+$/, '') : text).replace('-', '−');
}
