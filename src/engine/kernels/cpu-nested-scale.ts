import { RATIO_EPSILON } from '../../numerics/nested-scale';
import { roundBy } from '../../numerics/rounding';
import type { ArrayKernel } from './cpu-arrays';
import { type NestedAttributes, type NestedVoteAttributes, nestedLayout } from './nested-attributes';

/** scale × round(x / scale) as loops for wasm and cpu; numerics/nested-scale bit for bit. */
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

/** The gradient of the scales by votes; numerics/nested-scale says what it is. */
export const nestedVotesArrays: ArrayKernel = ({ x, dy, scale }, arrays, attrs) => {
  const { granularity, rounding, lambda: given, fallback } = attrs as unknown as NestedVoteAttributes;
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
    const mean = voters[group] === 0 && fallback ? -full : (sums[group]! / size) * groups;
    // Roundings keep the order, so that the largest code is that of the lowest or the highest weight.
    result[group] = mean * Math.max(Math.abs(code(lowest[group]!, s)), Math.abs(code(highest[group]!, s))) + 0;
  }
  return out;
};
