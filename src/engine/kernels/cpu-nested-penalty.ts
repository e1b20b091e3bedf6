import { roundBy } from '../../numerics/rounding';
import type { ArrayKernel, Arrays } from './cpu-arrays';
import { type NestedLayout, type NestedPenaltyAttributes, nestedLayout } from './nested-attributes';

/** The penalties of numerics/nested-penalty as loops for wasm and cpu: [terms, gradient for the weights, gradient for the scales]. */
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
