/** The course's worked example: a small matrix in b bits, by three conventions. Pure. */

import { roundHalfEven } from '../../numerics/rounding/rounding';
import { type AffineSettings, affineParameters, codeLimits, slideParameters } from '../../numerics/scales/affine';

/** Two decimals, row by row: with 8 bits these have the codes of the course's slide. */
export const slideMatrix: readonly number[] = [0.97, 0.64, 0.74, 1, 0.58, 0.84, 0.84, 0.81, 0, 0.18, 0.9, 0.28, 0.57, 0.96, 0.8, 0.81];

export type Convention = 'slide' | 'zero-point' | 'symmetric';

export interface WorkedMatrix {
  readonly min: number;
  readonly max: number;
  readonly codeMin: number;
  readonly codeMax: number;
  /** Reals per code. */
  readonly scale: number;
  /** The code that represents 0; null where there is none. */
  readonly zeroCode: number | null;
  readonly codes: readonly number[];
  readonly values: readonly number[];
  readonly errors: readonly number[];
  readonly largestError: number;
  readonly meanSquare: number;
}

/** Quantizes the numbers with one scale for all. A matrix of equal numbers has scale 0 by the slide's convention. */
export function workedMatrix(x: readonly number[], bits: number, convention: Convention): WorkedMatrix {
  const settings: AffineSettings = {
    bits,
    scheme: convention === 'symmetric' ? 'symmetric' : 'asymmetric',
    range: convention === 'symmetric' ? 'narrow' : 'full',
  };
  const limits = codeLimits(settings);
  const [min, max] = [Math.min(...x), Math.max(...x)];
  const { scale, zeroCode, quantize, dequantize } = convention === 'slide' ? slide(min, max, limits) : affine(min, max, settings);
  const codes = x.map(quantize);
  const values = codes.map(dequantize);
  const errors = values.map((value, i) => value - (x[i] ?? 0));
  return {
    ...{ min, max, scale, zeroCode, codes, values, errors },
    codeMin: limits.min,
    codeMax: limits.max,
    largestError: Math.max(...errors.map(Math.abs)),
    meanSquare: errors.reduce((sum, error) => sum + error ** 2, 0) / x.length,
  };
}

function slide(min: number, max: number, limits: { readonly min: number; readonly max: number }) {
  if (max === min) return { scale: 0, zeroCode: null, quantize: () => limits.min, dequantize: () => min };
  const parameters = slideParameters(min, max, limits);
  const zero = parameters.quantize(0);
  return { scale: (max - min) / (limits.max - limits.min), zeroCode: parameters.dequantize(zero) === 0 ? zero : null, ...parameters };
}

function affine(min: number, max: number, settings: AffineSettings) {
  const limits = codeLimits(settings);
  const { scale, zeroPoint } = affineParameters(min, max, settings);
  const clipped = (code: number) => Math.max(limits.min, Math.min(limits.max, code));
  return {
    scale,
    zeroCode: zeroPoint,
    quantize: (x: number) => (scale === 0 ? zeroPoint : clipped(roundHalfEven(x / scale) + zeroPoint)),
    dequantize: (code: number) => scale * (code - zeroPoint),
  };
}
