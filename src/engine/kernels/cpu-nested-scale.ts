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
  const [sums, voters, largest] = [new Float64Array(groups), new Uint32Array(groups), new Float64Array(groups)];
  for (let start = 0, group = 0; start < size; start += inner, group = group + 1 === groups ? 0 : group + 1) {
    const s = scales[group]!;
    const end = start + inner;
    let [sum, count, most] = [sums[group]!, voters[group]!, largest[group]!];
    for (let i = start; i < end; i++) {
      const quotient = Math.fround(values[i]! / s);
      const code = rounding === 'floor' ? Math.floor(quotient) : roundBy(rounding, quotient, 0);
      most = Math.max(most, Math.abs(code));
      const gradient = Math.abs(above[i]!);
      // Most gradients that matter here are exactly 0: unlit pixels, units at rest.
      if (gradient === 0) {
        if (lambda > 0) {
          sum -= full;
          count++;
        }
        continue;
      }
      const ratio = Math.fround(gradient / (Math.abs(Math.fround(s * code)) || RATIO_EPSILON));
      if (!(ratio >= lambda)) {
        sum -= Math.fround(Math.tanh(Math.fround(lambda - ratio)));
        count++;
      }
    }
    sums[group] = sum;
    voters[group] = count;
    largest[group] = most;
  }
  for (let group = 0; group < groups; group++) {
    const mean = voters[group] === 0 && fallback ? -full : (sums[group]! / size) * groups;
    result[group] = mean * largest[group]! + 0;
  }
  return out;
};
