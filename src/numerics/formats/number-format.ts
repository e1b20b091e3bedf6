/** Formats of numbers that the file can hold by their bit patterns; `formats` describes them. */
export type FormatId = 'fp16' | 'bf16' | 'e4m3fn' | 'e4m3' | 'e5m2' | 'e2m3' | 'e3m2' | 'e2m1';

/** Numbers that a block with a shared scale may hold; `elementOf` in element.ts describes them. */
export type ElementId = FormatId | 'int8';

/**
 * Small floating-point formats: sign, exponent, mantissa. Everything follows from the two widths and from what the largest
 * exponent is used for (IEEE 754-2019; Micikevicius et al. 2022, "FP8 formats for deep learning", arXiv 2209.05433;
 * Rouhani et al. 2023, "Microscaling data formats for deep learning", arXiv 2310.10537, for six and four bits).
 */

/**
 * What the largest exponent field means. 'ieee': infinities and NaN only. 'nan': numbers, but NaN where all mantissa bits are 1.
 * 'none': numbers only.
 */
export type Specials = 'ieee' | 'nan' | 'none';

export interface NumberFormat {
  readonly id: FormatId | 'fp32';
  /** As it is written in papers: "fp8 e4m3fn". */
  readonly label: string;
  readonly exponentBits: number;
  readonly mantissaBits: number;
  readonly specials: Specials;
  /** 1 + exponent bits + mantissa bits. */
  readonly bits: number;
  /** Subtracted from the exponent field: 2^(exponent bits − 1) − 1. */
  readonly bias: number;
  /** t: mantissa bits and the hidden one. */
  readonly precision: number;
  /** u = 2^−t: the largest relative error of rounding to nearest in the normal range. */
  readonly unitRoundoff: number;
  /** Exponents of the smallest and of the largest normal number. */
  readonly minExponent: number;
  readonly maxExponent: number;
  readonly maxFinite: number;
  readonly minNormal: number;
  readonly minSubnormal: number;
}

function derive(id: NumberFormat['id'], label: string, exponentBits: number, mantissaBits: number, specials: Specials): NumberFormat {
  const bias = 2 ** (exponentBits - 1) - 1;
  const minExponent = 1 - bias;
  const maxExponent = 2 ** exponentBits - 1 - bias - (specials === 'ieee' ? 1 : 0);
  const largestMantissa = 2 ** (mantissaBits + 1) - (specials === 'nan' ? 2 : 1);
  return {
    id,
    label,
    exponentBits,
    mantissaBits,
    specials,
    bits: 1 + exponentBits + mantissaBits,
    bias,
    precision: mantissaBits + 1,
    unitRoundoff: 2 ** -(mantissaBits + 1),
    minExponent,
    maxExponent,
    maxFinite: largestMantissa * 2 ** (maxExponent - mantissaBits),
    minNormal: 2 ** minExponent,
    minSubnormal: 2 ** (minExponent - mantissaBits),
  };
}

/** Every format, from wide to narrow. e4m3 is the IEEE-like one with infinities, e4m3fn the one of the Open Compute Project. */
export const formats: Readonly<Record<FormatId | 'fp32', NumberFormat>> = {
  fp32: derive('fp32', 'fp32', 8, 23, 'ieee'),
  fp16: derive('fp16', 'fp16', 5, 10, 'ieee'),
  bf16: derive('bf16', 'bfloat16', 8, 7, 'ieee'),
  e4m3fn: derive('e4m3fn', 'fp8 e4m3fn', 4, 3, 'nan'),
  e4m3: derive('e4m3', 'fp8 e4m3 (IEEE-like)', 4, 3, 'ieee'),
  e5m2: derive('e5m2', 'fp8 e5m2', 5, 2, 'ieee'),
  e2m3: derive('e2m3', 'fp6 e2m3', 2, 3, 'none'),
  e3m2: derive('e3m2', 'fp6 e3m2', 3, 2, 'none'),
  e2m1: derive('e2m1', 'fp4 e2m1', 2, 1, 'none'),
};

/** Bits of one number: 16, 8, 6 or 4. */
export function formatBits(format: FormatId): number {
  return formats[format].bits;
}

/** The fields of a bit pattern. */
export interface BitFields {
  readonly sign: number;
  readonly exponent: number;
  readonly mantissa: number;
}

/** @param code 0 … 2^bits − 1 */
export function bitFields({ exponentBits, mantissaBits }: NumberFormat, code: number): BitFields {
  return {
    sign: Math.floor(code / 2 ** (exponentBits + mantissaBits)),
    exponent: Math.floor(code / 2 ** mantissaBits) % 2 ** exponentBits,
    mantissa: code % 2 ** mantissaBits,
  };
}

/** The number that a bit pattern represents; also −0, infinities and NaN. @param code 0 … 2^bits − 1 */
export function numberOf(format: NumberFormat, code: number): number {
  const { sign, exponent, mantissa } = bitFields(format, code);
  const { exponentBits, mantissaBits, specials, bias } = format;
  const signed = (x: number) => (sign ? -x : x);
  if (exponent === 2 ** exponentBits - 1) {
    if (specials === 'ieee') return mantissa === 0 ? signed(Number.POSITIVE_INFINITY) : Number.NaN;
    if (specials === 'nan' && mantissa === 2 ** mantissaBits - 1) return Number.NaN;
  }
  // Subnormal numbers have the exponent of the smallest normal ones, without the hidden 1.
  const significand = exponent === 0 ? mantissa : mantissa + 2 ** mantissaBits;
  return signed(significand * 2 ** (Math.max(exponent, 1) - bias - mantissaBits));
}

/**
 * The numbers that bit patterns represent.
 * @param codes 0 … 2^bits − 1
 * @throws RangeError for a code outside
 */
export function decodeFormat(format: FormatId, codes: Int32Array): Float32Array {
  const description = formats[format];
  const patterns = 2 ** description.bits;
  // A table of at most 2^16 values; without it decoding would dominate reading a file.
  const table = new Map<number, number>();
  return Float32Array.from(codes, (code) => {
    if (!(code >= 0 && code < patterns))
      throw new RangeError(`${description.label} has the bit patterns 0 to ${patterns - 1}, not ${code}.`);
    const known = table.get(code);
    if (known !== undefined) return known;
    const value = numberOf(description, code);
    table.set(code, value);
    return value;
  });
}

/** All finite values, ascending, zero once. */
export function finiteValues(format: FormatId): Float32Array {
  const all = new Set<number>();
  for (let code = 0; code < 2 ** formats[format].bits; code++) {
    const value = numberOf(formats[format], code);
    // Adding 0 turns −0 into 0.
    if (Number.isFinite(value)) all.add(value + 0);
  }
  return Float32Array.from(all).sort();
}
