/**
 * Levels that are powers: 0 and ±2^(e/m) for neighbouring exponents e. With m = 1 a product is a shift (Zhou et al. 2017,
 * "Incremental network quantization", arXiv 1702.03044); m = 2 and 4 are logarithmic quantizers of finer base (Miyashita, Lee and
 * Murmann 2016, arXiv 1603.01025). Small weights get close levels, large ones coarse levels.
 */
import { midpoints } from './levels';

export interface PowerOptions {
  /** 2 … 6: 2^bits − 1 levels, 0 among them. */
  readonly bits: number;
  /** m: levels in each doubling. */
  readonly perDoubling: 1 | 2 | 4;
  /** Nearest in value, or nearest exponent: thresholds at arithmetic or at geometric means. */
  readonly nearest: 'value' | 'exponent';
}

/** The largest level is 2^−40 … 2^20. */
const LEAST_TOP = -40;
const LARGEST_TOP = 20;

/** Codebooks for every largest level. A codebook is chosen by the largest weight. */
export interface PowerCodebooks {
  /** Levels in a codebook. */
  readonly size: number;
  /** Codebook i is for a largest magnitude from boundaries[i − 1] up to below boundaries[i]. */
  readonly boundaries: Float32Array;
  /** Codebook after codebook, ascending. */
  readonly levels: Float32Array;
  /** size − 1 for each codebook. */
  readonly thresholds: Float32Array;
}

/** @throws RangeError unless `bits` is a whole number from 2 to 6 */
export function powerCodebooks({ bits, perDoubling, nearest }: PowerOptions): PowerCodebooks {
  if (!Number.isInteger(bits) || bits < 2 || bits > 6) throw new RangeError(`Powers of two have 2 to 6 bits, not ${bits}.`);
  const magnitudes = 2 ** (bits - 1) - 1;
  const size = 2 * magnitudes + 1;
  const power = (exponent: number) => Math.fround(2 ** (exponent / perDoubling));
  const between = (exponent: number) =>
    nearest === 'value' ? Math.fround(power(exponent - 1) + power(exponent)) * 0.5 : power(exponent - 0.5);
  const tops = Array.from({ length: (LARGEST_TOP - LEAST_TOP) * perDoubling + 1 }, (_, i) => LEAST_TOP * perDoubling + i);
  const levels = new Float32Array(tops.length * size);
  for (const [codebook, top] of tops.entries()) {
    for (let i = 0; i < magnitudes; i++) {
      levels[codebook * size + i] = -power(top - i);
      levels[(codebook + 1) * size - 1 - i] = power(top - i);
    }
  }
  const thresholds = nearest === 'value' ? midpoints(levels, size) : new Float32Array(tops.length * (size - 1));
  if (nearest === 'exponent') {
    for (const [codebook, top] of tops.entries()) {
      for (let i = 0; i < magnitudes; i++) {
        thresholds[codebook * (size - 1) + i] = -between(top - i);
        thresholds[(codebook + 1) * (size - 1) - 1 - i] = between(top - i);
      }
    }
  }
  return { size, boundaries: Float32Array.from(tops.slice(1), between), levels, thresholds };
}

export interface PowerLevels {
  readonly levels: Float32Array;
  readonly thresholds: Float32Array;
}

/**
 * Levels and thresholds for weights of this largest magnitude: the largest level is the power nearest to it. For m = 1 that is
 * 2^⌊log₂(4 max/3)⌋ (Zhou et al. 2017, equation 2).
 */
export function powerLevels(largest: number, { size, boundaries, levels, thresholds }: PowerCodebooks): PowerLevels {
  const codebook = boundaries.reduce((count, boundary) => count + (largest >= boundary ? 1 : 0), 0);
  return {
    levels: levels.slice(codebook * size, (codebook + 1) * size),
    thresholds: thresholds.slice(codebook * (size - 1), (codebook + 1) * (size - 1)),
  };
}
