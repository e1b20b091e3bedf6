/**
 * The nested quantization layer of the thesis "Learned quantization" (github.com/anuunchin/learned-quantization, final text): a
 * weight P is stored as a whole number ⌊P / s⌋ without limits, and the scale s is learned by votes on how sensitive weights are.
 * Codes and the network's values are float32, as on the GPU; the sums of the votes are double.
 */
import { type Rounding, roundBy } from '../rounding/rounding';
import { type ScaleGrid, scaleOf } from '../scales/scale-grid';

/** 100 × float32's epsilon: the first scale, and the least. */
export const LEAST_SCALE = 100 * 2 ** -23;

/** Replaces |s ⌊P / s⌋| where that is 0, in the ratio. */
export const RATIO_EPSILON = 2 ** -23;

/** A rounding that draws no random numbers. */
export type NestedRounding = Exclude<Rounding, 'stochastic' | 'stochastic-half'>;

export interface NestedScales {
  readonly grid: ScaleGrid;
  /** One for each block of the grid; positive. */
  readonly scales: Float32Array;
  /** `floor` in the thesis. */
  readonly rounding: NestedRounding;
}

export interface VoteRule {
  /** Weights whose ratio is at least λ are sensitive: they do not vote. 0 … 1 */
  readonly lambda: number;
  /** Where all weights of a group are sensitive, each votes −tanh λ. */
  readonly fallback: boolean;
  /** Every weight votes −tanh λ, sensitive or not: the control without a threshold. */
  readonly allVote?: boolean;
}

/** The whole numbers P / s rounded, one for each weight; they have no limits. */
export function nestedCodes(latent: Float32Array, { grid, scales, rounding }: NestedScales): Float32Array {
  // Adding 0 makes −0 plain 0.
  return latent.map((value, i) => roundBy(rounding, Math.fround(value / at(scales, scaleOf(grid, i))), 0) + 0);
}

/** What the network sees: s × code, in float32. */
export function nestedValues(latent: Float32Array, nested: NestedScales): Float32Array {
  const { grid, scales } = nested;
  return nestedCodes(latent, nested).map((code, i) => at(scales, scaleOf(grid, i)) * code);
}

/** |∇| / |s × code| of each weight, with RATIO_EPSILON for a value of 0. `gradient` is the loss's, for the network's values. */
export function sensitivities(latent: Float32Array, gradient: Float32Array, nested: NestedScales): Float32Array {
  return nestedValues(latent, nested).map((value, i) => Math.abs(at(gradient, i)) / (Math.abs(value) || RATIO_EPSILON));
}

/** Each weight's vote for a larger scale: 0 if it is sensitive, else −tanh(λ − ratio); see VoteRule for the exceptions. */
export function scaleVotes(latent: Float32Array, gradient: Float32Array, nested: NestedScales, rule: VoteRule): Float32Array {
  const { grid } = nested;
  const lambda = Math.fround(rule.lambda);
  if (rule.allVote) return latent.map(() => -Math.tanh(lambda));
  const ratios = sensitivities(latent, gradient, nested);
  const someoneVotes = new Uint8Array(grid.scales);
  for (let i = 0; i < ratios.length; i++) if (!(at(ratios, i) >= lambda)) someoneVotes[scaleOf(grid, i)] = 1;
  return ratios.map((ratio, i) => {
    if (!(ratio >= lambda)) return -Math.tanh(Math.fround(lambda - ratio));
    return rule.fallback && !someoneVotes[scaleOf(grid, i)] ? -Math.tanh(lambda) : 0;
  });
}

/**
 * The gradient that the scales get in place of the loss's own: the mean of a group's votes times its largest |code|. It is never
 * positive, so that scales only grow; a group of zeros keeps its scale forever.
 */
export function nestedScaleGradient(latent: Float32Array, gradient: Float32Array, nested: NestedScales, rule: VoteRule): Float32Array {
  const { grid } = nested;
  const codes = nestedCodes(latent, nested);
  const votes = scaleVotes(latent, gradient, nested, rule);
  const [sums, members, largest] = [new Float64Array(grid.scales), new Float64Array(grid.scales), new Float64Array(grid.scales)];
  for (let i = 0; i < codes.length; i++) {
    const group = scaleOf(grid, i);
    sums[group] = at(sums, group) + at(votes, i);
    members[group] = at(members, group) + 1;
    largest[group] = Math.max(at(largest, group), Math.abs(at(codes, i)));
  }
  return Float32Array.from(sums, (sum, group) => (sum / at(members, group)) * at(largest, group) + 0);
}

/**
 * The scale after `steps` of Adam at rate `lr`, when gradients are far below its epsilon and a share of the weights votes: ds/dt =
 * lr (λ/ε) f W / s has the solution s² = 2 lr (λ/ε) f W T. W is the largest |weight| of the group.
 */
export function expectedScale({
  lr,
  ratio,
  steps,
  share,
  largest,
}: Readonly<Record<'lr' | 'ratio' | 'steps' | 'share' | 'largest', number>>): number {
  return Math.sqrt(2 * lr * ratio * share * largest * steps);
}

function at(array: ArrayLike<number>, i: number): number {
  return array[i] as number;
}
