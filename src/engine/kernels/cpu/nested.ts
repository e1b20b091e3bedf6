import { RATIO_EPSILON } from '../../../numerics/quantizers/nested-scale';
import { roundBy } from '../../../numerics/rounding/rounding';
import type { ArrayKernel, Arrays } from '../shared/arrays';
import {
  type NestedAttributes,
  type NestedLayout,
  type NestedPenaltyAttributes,
  type NestedVoteAttributes,
  nestedLayout,
} from '../shared/attributes';

/** The penalties of numerics/quantizers/nested-penalty as loops for wasm and cpu: [terms, gradient for the weights, gradient for the scales]. */
export const nestedPenaltyArrays: ArrayKernel = ({ x, scale }, arrays, attrs) => {
  const attributes = attrs as unknown as NestedPenaltyAttributes;
  const outputs = [scale!.shape, x!.shape, scale!.shape].map((shape) => arrays.output(shape, 'float32'));
  const layout = nestedLayout(x!.shape, attributes.granularity);
  const tensors: Tensors = {
    values: arrays.float32(x),
    scales: arrays.float32(scale),
    terms: arrays.float32(outputs[0]),
    byValue: arrays.float32(outputs[1]),
    byScale: arrays.float32(outputs[2]),
  };
  if (attributes.penalty === 'bins') bins(tensors, layout);
  else deviations(tensors, layout, attributes);
  return outputs;
};

type Tensors = Readonly<Record<'values' | 'scales' | 'terms' | 'byValue' | 'byScale', ReturnType<Arrays['float32']>>>;

function bins({ values, scales, terms, byValue, byScale }: Tensors, { groups, inner, size }: NestedLayout): void {
  const [largest, holders] = [new Float64Array(groups), new Float64Array(groups)];
  for (let start = 0, group = 0; start < size; start += inner, group = (group + 1) % groups) {
    let [top, held] = [largest[group]!, holders[group]!];
    for (let i = start; i < start + inner; i++) {
      const magnitude = Math.abs(values[i]!);
      if (magnitude > top) [top, held] = [magnitude, 1];
      else if (magnitude === top) held++;
    }
    largest[group] = top;
    holders[group] = held;
  }
  for (let group = 0; group < groups; group++) {
    const s = scales[group]!;
    terms[group] = largest[group]! / s / groups;
    byScale[group] = -largest[group]! / s / s / groups;
  }
  for (let start = 0, group = 0; start < size; start += inner, group = (group + 1) % groups) {
    const [top, each] = [largest[group]!, 1 / scales[group]! / holders[group]! / groups];
    for (let i = start; i < start + inner; i++) {
      const value = values[i]!;
      byValue[i] = Math.abs(value) === top ? Math.sign(value) * each : 0;
    }
  }
}

function deviations(
  { values, scales, terms, byValue, byScale }: Tensors,
  { groups, inner, size }: NestedLayout,
  { penalty, rounding }: NestedPenaltyAttributes,
): void {
  const [sums, slopes] = [new Float64Array(groups), new Float64Array(groups)];
  for (let start = 0, group = 0; start < size; start += inner, group = (group + 1) % groups) {
    const s = scales[group]!;
    let [sum, slope] = [sums[group]!, slopes[group]!];
    for (let i = start; i < start + inner; i++) {
      const value = values[i]!;
      const quotient = Math.fround(value / s);
      const code = penalty === 'deviation' ? 0 : rounding === 'floor' ? Math.floor(quotient) : roundBy(rounding, quotient, 0);
      const left = value - (penalty === 'deviation' ? quotient : Math.fround(s * code));
      const side = Math.sign(left) / size;
      sum += Math.abs(left);
      slope -= side * (penalty === 'deviation' ? -quotient / s : code);
      byValue[i] = penalty === 'deviation' ? side * (1 - 1 / s) : side;
    }
    sums[group] = sum;
    slopes[group] = slope;
  }
  for (let group = 0; group < groups; group++) {
    terms[group] = sums[group]! / size;
    byScale[group] = slopes[group]!;
  }
}

/** scale × round(x / scale) as loops for wasm and cpu; numerics/quantizers/nested-scale bit for bit. */
export const nestedScaleArrays: ArrayKernel = ({ x, scale }, arrays, attrs) => {
  const { granularity, rounding } = attrs as unknown as NestedAttributes;
  const out = arrays.output(x!.shape, 'float32');
  const [values, scales, result] = [arrays.float32(x), arrays.float32(scale), arrays.float32(out)];
  const { groups, inner, size } = nestedLayout(x!.shape, granularity);
  for (let start = 0, group = 0; start < size; start += inner, group = group + 1 === groups ? 0 : group + 1) {
    const s = scales[group]!;
    const end = start + inner;
    // The thesis's rounding without a call for each weight.
    if (rounding === 'floor') for (let i = start; i < end; i++) result[i] = s * (Math.floor(Math.fround(values[i]! / s)) + 0);
    else for (let i = start; i < end; i++) result[i] = s * (roundBy(rounding, Math.fround(values[i]! / s), 0) + 0);
  }
  return out;
};

/** The gradient of the scales by votes; numerics/quantizers/nested-scale says what it is. */
export const nestedVotesArrays: ArrayKernel = ({ x, dy, scale }, arrays, attrs) => {
  const { granularity, rounding, lambda: given, fallback, allVote } = attrs as unknown as NestedVoteAttributes;
  const out = arrays.output(scale!.shape, 'float32');
  const [values, above, scales, result] = [arrays.float32(x), arrays.float32(dy), arrays.float32(scale), arrays.float32(out)];
  const { groups, inner, size } = nestedLayout(x!.shape, granularity);
  const lambda = Math.fround(given);
  const full = Math.fround(Math.tanh(lambda));
  const code = (value: number, s: number) => roundBy(rounding, Math.fround(value / s), 0);
  const [sums, voters] = [new Float64Array(groups), new Uint32Array(groups)];
  const [lowest, highest] = [new Float32Array(groups), new Float32Array(groups)];
  for (let start = 0, group = 0; start < size; start += inner, group = group + 1 === groups ? 0 : group + 1) {
    const s = scales[group]!;
    const end = start + inner;
    let [sum, count, low, high] = [sums[group]!, voters[group]!, lowest[group]!, highest[group]!];
    for (let i = start; i < end; i++) {
      const value = values[i]!;
      if (value < low) low = value;
      else if (value > high) high = value;
      const gradient = Math.abs(above[i]!);
      // Most gradients are exactly 0 (unlit pixels, units at rest) or far above the threshold: |s × code| is at most |value| + s.
      if (gradient === 0) {
        if (lambda > 0) {
          sum -= full;
          count++;
        }
      } else if (!(gradient >= 2 * lambda * (Math.abs(value) + s + RATIO_EPSILON))) {
        const ratio = Math.fround(gradient / (Math.abs(Math.fround(s * code(value, s))) || RATIO_EPSILON));
        if (!(ratio >= lambda)) {
          sum -= Math.fround(Math.tanh(Math.fround(lambda - ratio)));
          count++;
        }
      }
    }
    sums[group] = sum;
    voters[group] = count;
    lowest[group] = low;
    highest[group] = high;
  }
  for (let group = 0; group < groups; group++) {
    const s = scales[group]!;
    const mean = allVote || (voters[group] === 0 && fallback) ? -full : (sums[group]! / size) * groups;
    // Roundings keep the order, so that the largest code is that of the lowest or the highest weight.
    result[group] = mean * Math.max(Math.abs(code(lowest[group]!, s)), Math.abs(code(highest[group]!, s))) + 0;
  }
  return out;
};
