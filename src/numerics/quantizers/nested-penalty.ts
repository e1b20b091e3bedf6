/**
 * The three penalties of the thesis (github.com/anuunchin/learned-quantization, final text) that learn the scales of its nested
 * layer instead of votes, and the deviation as it would be without the slip in its formula. Sums are double.
 */

import { scaleOf } from '../scales/scale-grid';
import { type NestedScales, nestedCodes } from './nested-scale';

/**
 * inverse: mean of 1 / s over the scales. bins: mean of max |P| / s over the scales. deviation: mean of |P − P / s| over the weights,
 * as the thesis has it. true-deviation: mean of |P − s ⌊P / s⌋| over the weights.
 */
export const nestedPenalties = ['inverse', 'bins', 'deviation', 'true-deviation'] as const;
export type NestedPenalty = (typeof nestedPenalties)[number];

/** A penalty of one tensor with its gradients. */
export interface PenaltyParts {
  readonly value: number;
  /** For each weight. */
  readonly latent: Float64Array;
  /** For each scale. */
  readonly scales: Float64Array;
}

/**
 * The rounding of the true deviation has gradient 0, as it has almost everywhere. Where several weights of a group are its largest,
 * they share the gradient of the maximum.
 */
export function nestedPenalty(penalty: NestedPenalty, latent: Float32Array, nested: NestedScales): PenaltyParts {
  const { grid, scales } = nested;
  const groups = scales.length;
  const parts = { value: 0, latent: new Float64Array(latent.length), scales: new Float64Array(groups) };
  if (penalty === 'inverse' || penalty === 'bins') {
    const { largest, holders } = groupMaxima(latent, nested);
    scales.forEach((s, group) => {
      const top = penalty === 'inverse' ? 1 : at(largest, group);
      parts.value += top / s / groups;
      parts.scales[group] = -top / s ** 2 / groups;
    });
    if (penalty === 'inverse') return parts;
    latent.forEach((value, i) => {
      const group = scaleOf(grid, i);
      if (Math.abs(value) === at(largest, group)) parts.latent[i] = Math.sign(value) / at(scales, group) / at(holders, group) / groups;
    });
    return parts;
  }
  const codes = nestedCodes(latent, nested);
  latent.forEach((value, i) => {
    const group = scaleOf(grid, i);
    const s = at(scales, group);
    // What is taken from P, and its derivatives.
    const [stand, byLatent, byScale] =
      penalty === 'deviation' ? [Math.fround(value / s), 1 / s, -value / s ** 2] : [Math.fround(s * at(codes, i)), 0, at(codes, i)];
    const side = Math.sign(value - stand) / latent.length;
    parts.value += Math.abs(value - stand) / latent.length;
    parts.latent[i] = side * (1 - byLatent);
    parts.scales[group] = at(parts.scales, group) - side * byScale;
  });
  return parts;
}

/** The largest |P| of each group, and how many weights have it. */
function groupMaxima(latent: Float32Array, { grid, scales }: NestedScales) {
  const [largest, holders] = [new Float64Array(scales.length), new Float64Array(scales.length)];
  latent.forEach((value, i) => {
    const group = scaleOf(grid, i);
    const size = Math.abs(value);
    if (size > at(largest, group)) holders[group] = 0;
    if (size >= at(largest, group)) holders[group] = at(holders, group) + 1;
    largest[group] = Math.max(at(largest, group), size);
  });
  return { largest, holders };
}

function at(array: ArrayLike<number>, i: number): number {
  return array[i] as number;
}
