/** The range of least squared error, judged with the codes of the quantizer that will be installed. */
import { roundHalfEven } from '../rounding/rounding';
import { type AffineParameters, type AffineSettings, affineParameters, type CodeLimits, codeLimits } from '../scales/affine';
import type { Clusters } from './value-bins';

interface Range {
  readonly low: number;
  readonly high: number;
}

interface Found {
  readonly scale: number;
  readonly zeroPoint: number;
  readonly error: number;
}

/** Scales are tried each this factor below the one before, down to so small a share of the one that clips nothing. */
const STEP = 0.96;
const LEAST_SHARE = 0.01;
/** Errors of this share of Σ x² are those of float32. */
const NEGLIGIBLE = 2 ** -40;
/** Scales from which to go on: the best of those that err at most so many times as much as the best of all. */
const STARTS = 8;
const NEAR = 4;
/** Scales between the neighbours of the best one. */
const FINE_TRIES = 24;
/** Turns of finding codes for a scale and the best scale for the codes. */
const TURNS = 12;
/** Zero-points that are tried before the neighbours of the best. */
const ZERO_POINTS = 16;

/**
 * The range with the least squared error of the clusters' means; no other range errs less by more than the width of a bin. It holds 0,
 * and may reach beyond the values, where a code far out lies better. Of equally good ranges the widest that was tried.
 * @param extremes the smallest and the largest value
 * @throws RangeError as `codeLimits`: one symmetric bit is not a case for it
 */
export function leastErrorRange(clusters: Clusters, extremes: Range, settings: AffineSettings): Range {
  const limits = codeLimits(settings);
  const whole = affineParameters(extremes.low, extremes.high, settings);
  const widest = { low: Math.min(0, extremes.low), high: Math.max(0, extremes.high) };
  if (whole.scale === 0) return widest;
  // Less than rounding errors of float32 is no gain: equal values are stored as exactly as can be.
  const negligible = NEGLIGIBLE * clusters.counts.reduce((sum, n, i) => sum + n * (clusters.means[i] as number) ** 2, 0);
  const start: Found = { ...whole, error: Math.max(0, squaredError(clusters, whole, limits) - negligible) };
  let best = start;
  const attempt = (zeroPoint: number) => {
    const found = bestScale(clusters, zeroPoint, limits, extremes, best);
    if (found.error < best.error) best = found;
  };
  if (settings.scheme === 'symmetric') attempt(0);
  else for (const zeroPoint of zeroPoints(limits, whole.zeroPoint)) attempt(zeroPoint);
  if (settings.scheme === 'asymmetric') {
    for (let step = (limits.max - limits.min) >> 4; step >= 1; step >>= 1) {
      const from = best.zeroPoint;
      for (const zeroPoint of [from - step, from + step]) if (zeroPoint >= limits.min && zeroPoint <= limits.max) attempt(zeroPoint);
    }
  }
  best = refined(clusters, best, limits);
  return best === start ? widest : rangeOf(best, limits, settings);
}

/** Evenly spread ones, both ends and the given one among them; all of them if they are few. */
function zeroPoints({ min, max }: CodeLimits, given: number): Set<number> {
  const count = Math.min(ZERO_POINTS, max - min);
  return new Set([given, ...Array.from({ length: count + 1 }, (_, i) => min + Math.round(((max - min) * i) / count))]);
}

/** The best scale for a zero-point, if it is better than `known`. */
function bestScale(clusters: Clusters, zeroPoint: number, limits: CodeLimits, { low, high }: Range, known: Found): Found {
  // The scale that clips nothing; above it, up to that of which the largest value is one step, codes may happen to lie better.
  const needed = Math.max(
    limits.max > zeroPoint ? high / (limits.max - zeroPoint) : 0,
    limits.min < zeroPoint ? low / (limits.min - zeroPoint) : 0,
  );
  if (!(needed > 0)) return known;
  let best = known;
  const tried: Found[] = [];
  for (let scale = Math.max(high, -low); scale > needed * LEAST_SHARE; scale *= STEP) {
    const error = squaredError(clusters, { scale, zeroPoint }, limits, best.error * NEAR);
    if (error < best.error * NEAR) tried.push({ scale, zeroPoint, error });
    if (error < best.error) best = { scale, zeroPoint, error };
  }
  tried.sort((a, b) => a.error - b.error);
  for (const start of tried.slice(0, STARTS)) {
    const found = settled(clusters, start, limits);
    if (found.error < best.error) best = found;
  }
  return best;
}

/** The best of scales close by. */
function refined(clusters: Clusters, start: Found, limits: CodeLimits): Found {
  let best = start;
  for (let i = 1; i < FINE_TRIES; i++) {
    const scale = start.scale * STEP ** (1 - (2 * i) / FINE_TRIES);
    const error = squaredError(clusters, { ...start, scale }, limits, best.error);
    if (error < best.error) best = settled(clusters, { ...start, scale, error }, limits);
  }
  return best;
}

/** By turns the nearest codes and the scale of least squares for them, Σ n x c / Σ n c²: the error never grows. */
function settled(clusters: Clusters, start: Found, limits: CodeLimits): Found {
  let best = start;
  for (let turn = 0; turn < TURNS; turn++) {
    const scale = leastSquaresScale(clusters, best, limits);
    const found = { scale, zeroPoint: best.zeroPoint, error: squaredError(clusters, { ...best, scale }, limits) };
    if (!(scale > 0 && found.error < best.error)) return best;
    best = found;
  }
  return best;
}

function leastSquaresScale({ counts, means }: Clusters, parameters: AffineParameters, limits: CodeLimits): number {
  let [products, squares] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    const [n, x] = [counts[i] as number, means[i] as number];
    const steps = stepsOf(x, parameters, limits);
    products += n * x * steps;
    squares += n * steps * steps;
  }
  return squares > 0 ? products / squares : 0;
}

/** How many steps from 0 the value is stored at. */
function stepsOf(x: number, { scale, zeroPoint }: AffineParameters, { min, max }: CodeLimits): number {
  return Math.max(min - zeroPoint, Math.min(max - zeroPoint, roundHalfEven(x / scale)));
}

/** Σ n (mean − stored)²; no further than to `enough`. */
function squaredError(
  { counts, means }: Clusters,
  { scale, zeroPoint }: AffineParameters,
  { min, max }: CodeLimits,
  enough = Number.POSITIVE_INFINITY,
): number {
  const [least, most, inverse] = [min - zeroPoint, max - zeroPoint, 1 / scale];
  let error = 0;
  for (let i = 0; i < counts.length && error < enough; i++) {
    const x = means[i] as number;
    error += (counts[i] as number) * (x - scale * Math.max(least, Math.min(most, roundHalfEven(x * inverse)))) ** 2;
  }
  return error;
}

/** The range that gives this scale and zero-point. */
function rangeOf({ scale, zeroPoint }: AffineParameters, { min, max }: CodeLimits, { scheme }: AffineSettings): Range {
  if (scheme === 'symmetric') return { low: min < 0 ? -scale * max : 0, high: scale * max };
  return { low: scale * (min - zeroPoint), high: scale * (max - zeroPoint) };
}
