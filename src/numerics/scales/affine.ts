/**
 * Uniform affine quantization: value = s × (q − z), q = clip(round(x / s) + z), with a whole zero-point z, so that 0 is stored
 * exactly (Jacob et al. 2018, arXiv 1712.05877, section 2.1; gemmlowp's quantization document). Others write the opposite sign,
 * s × (q + z), or shift by the smallest value without rounding the shift, and then 0 is there only by luck: see `slideParameters`.
 * Arithmetic is float32, as on the GPU.
 */
import { roundHalfEven } from '../rounding/rounding';

/** 'symmetric': z = 0, and both sides reach equally far. 'asymmetric': from the smallest to the largest value. */
export const schemes = ['symmetric', 'asymmetric'] as const;
export type Scheme = (typeof schemes)[number];

/** The codes of b bits: −(2^(b−1) − 1) … 2^(b−1) − 1; from −2^(b−1); or 0 … 2^b − 1. */
export const codeRanges = ['narrow', 'full', 'unsigned'] as const;
export type CodeRangeName = (typeof codeRanges)[number];

export interface AffineSettings {
  /** 1 … 16 */
  readonly bits: number;
  readonly scheme: Scheme;
  readonly range: CodeRangeName;
}

/** Smallest and largest code. */
export interface CodeLimits {
  readonly min: number;
  readonly max: number;
}

export interface AffineParameters {
  /** s, a float32; 0 if the range is empty. */
  readonly scale: number;
  /** z, a code. */
  readonly zeroPoint: number;
}

/**
 * Whether the two codes of one bit are −s and s: symmetric and signed. There is no 0 then, and the file holds a basis of one number.
 */
export function isSigns({ bits, scheme, range }: AffineSettings): boolean {
  return bits === 1 && scheme === 'symmetric' && range !== 'unsigned';
}

/**
 * The codes of an affine quantizer. One asymmetric bit has two codes, whatever the range: a narrow one would have one.
 * @throws RangeError unless `bits` is an integer from 1 to 16; for one symmetric signed bit, whose values are ±s
 */
export function codeLimits(settings: AffineSettings): CodeLimits {
  const { bits, range } = settings;
  if (!Number.isInteger(bits) || bits < 1 || bits > 16) throw new RangeError(`A uniform quantizer has 1 to 16 bits, not ${bits}.`);
  if (isSigns(settings)) throw new RangeError('One symmetric bit has the values −s and s and no codes of an affine quantizer.');
  if (range === 'unsigned') return { min: 0, max: 2 ** bits - 1 };
  const most = 2 ** (bits - 1);
  return { min: range === 'narrow' && bits > 1 ? 1 - most : -most, max: most - 1 };
}

/**
 * Scale and zero-point for values from `low` to `high`, which are widened to hold 0. Symmetric: s = max(−low, high) ÷ largest code
 * (of unsigned codes: high ÷ largest code, and everything negative is cut off). Asymmetric: s = (high − low) ÷ (qmax − qmin),
 * z = clip(round(qmin − low / s)), ties to even.
 * @throws RangeError if an end is not finite, or as `codeLimits`
 */
export function affineParameters(low: number, high: number, settings: AffineSettings): AffineParameters {
  if (!Number.isFinite(low) || !Number.isFinite(high)) throw new RangeError(`A range from ${low} to ${high} cannot be quantized.`);
  const [from, to] = [Math.fround(Math.min(0, low)), Math.fround(Math.max(0, high))];
  if (isSigns(settings)) return { scale: Math.max(-from, to), zeroPoint: 0 };
  const { min, max } = codeLimits(settings);
  if (settings.scheme === 'symmetric') return { scale: Math.fround((min < 0 ? Math.max(-from, to) : to) / max), zeroPoint: 0 };
  const [width, steps] = [Math.fround(to - from), max - min];
  const scale = Math.fround(width / steps);
  if (scale === 0) return { scale, zeroPoint: Math.max(min, 0) };
  // Not low / s: the rounded scale would move −1 … 1 off its tie at 127.5.
  const zeroPoint = roundHalfEven(Math.fround(min - Math.fround(Math.fround(from * steps) / width)));
  return { scale, zeroPoint: Math.max(min, Math.min(max, zeroPoint)) };
}

/**
 * The seed slides' variant, to compare with: x_q = round(s' (x − low) + qmin), s' = (qmax − qmin) ÷ (high − low). The shift is not
 * rounded, so that 0 is a value only by luck.
 */
export function slideParameters(low: number, high: number, { min, max }: CodeLimits) {
  const inverse = (max - min) / (high - low);
  return {
    quantize: (x: number) => Math.max(min, Math.min(max, roundHalfEven(inverse * (x - low) + min))),
    dequantize: (code: number) => (code - min) / inverse + low,
  };
}
