/** Parameterized clipping of activations (Choi et al. 2018, "PACT", arXiv 1805.06085). */

import { roundHalfEven } from '../rounding/rounding';
import { type CodeRange, narrowRange, unsignedRange } from '../scales/clipped-codes';

/** α does not fall below this. */
export const SMALLEST_CLIP = 1e-6;

/** Codes 0 … 2^k − 1; for a layer whose inputs may be negative, which the paper does not treat, as many on both sides of 0. */
export function pactRange(bits: number, signed: boolean): CodeRange {
  return signed ? narrowRange(bits) : unsignedRange(bits);
}

/** y = clip(x, 0, α), then round(y (2^k − 1) / α) α / (2^k − 1) (equations 1 and 2). Signed: clip(x, −α, α). */
export function pactValues(values: Float32Array, clip: number, { lowest, highest }: CodeRange): Float32Array {
  const scale = Math.fround(clip / highest);
  return values.map((x) => scale * roundHalfEven(Math.max(lowest, Math.min(highest, Math.fround(x / scale)))));
}

export interface PactGradients {
  /** dy where 0 ≤ x < α (signed: −α < x < α), else 0. */
  readonly values: Float32Array;
  /** Σ dy over x ≥ α (equation 3), minus Σ dy over x ≤ −α for signed inputs. */
  readonly clip: number;
}

export function pactGradients(values: Float32Array, clip: number, { lowest }: CodeRange, dy: Float32Array): PactGradients {
  let byClip = 0;
  const byValue = values.map((x, i) => {
    const given = dy[i] as number;
    if (x >= clip) byClip += given;
    else if (lowest < 0 && x <= -clip) byClip -= given;
    else if (lowest < 0 || x >= 0) return given;
    return 0;
  });
  return { values: byValue, clip: byClip };
}
