import { roundHalfEven } from '../../../numerics/rounding/rounding';
import type { ArrayKernel } from '../shared/arrays';
import type { ClippedStepAttributes } from '../shared/attributes';

/** The loops for wasm and cpu; numerics/scales/clipped-codes bit for bit, but for values that are not finite: they become NaN. */
export const clippedStepArrays: ArrayKernel = ({ x, scale }, arrays, attrs) => {
  const { lowest, highest, rule } = attrs as unknown as ClippedStepAttributes;
  const out = arrays.output(x!.shape, 'float32');
  const [values, given, result] = [arrays.float32(x), arrays.float32(scale), arrays.float32(out)];
  const steps = rule === 'step' ? given : given.map((limit) => limit / highest);
  const count = steps.length;
  for (let i = 0, column = 0; i < values.length; i++) {
    const s = steps[column]!;
    const value = values[i]!;
    const code = roundHalfEven(Math.max(lowest, Math.min(highest, Math.fround(value / s))));
    result[i] = s * (code + 0) + (value - value);
    if (++column === count) column = 0;
  }
  return out;
};

/** Gives the gradient of x and, unless the scale is fixed, that of each scale. Sums are in double precision. */
export const clippedStepGradientArrays: ArrayKernel = ({ x, scale, dy }, arrays, attrs) => {
  const attributes = attrs as unknown as ClippedStepAttributes;
  const learned = attributes.rule !== 'fixed';
  const out = arrays.output(x!.shape, 'float32');
  const totals = learned ? arrays.output(scale!.shape, 'float32') : undefined;
  const [values, given, above, result] = [arrays.float32(x), arrays.float32(scale), arrays.float32(dy), arrays.float32(out)];
  const sums = new Float64Array(given.length);
  if (attributes.rule === 'step') byStep(values, given, above, result, sums, attributes);
  else byLimit(values, given, above, result, sums, attributes);
  if (!totals) return [out];
  arrays.float32(totals).set(sums);
  return [out, totals];
};

function byStep(
  values: Float32Array,
  steps: Float32Array,
  dy: Float32Array,
  result: Float32Array,
  sums: Float64Array,
  { lowest, highest }: ClippedStepAttributes,
): void {
  const count = steps.length;
  for (let i = 0, column = 0; i < values.length; i++) {
    const ratio = Math.fround(values[i]! / steps[column]!);
    const given = dy[i]!;
    const inside = ratio > lowest && ratio < highest;
    result[i] = inside ? given : 0;
    sums[column]! += given * (inside ? roundHalfEven(ratio) - ratio : ratio >= highest ? highest : lowest);
    if (++column === count) column = 0;
  }
}

function byLimit(
  values: Float32Array,
  limits: Float32Array,
  dy: Float32Array,
  result: Float32Array,
  sums: Float64Array,
  { lowest, rule }: ClippedStepAttributes,
): void {
  const count = limits.length;
  const signed = lowest < 0;
  for (let i = 0, column = 0; i < values.length; i++) {
    const limit = limits[column]!;
    const value = values[i]!;
    const floor = signed ? -limit : 0;
    let passes: boolean;
    if (rule === 'fixed') passes = value >= floor && value <= limit;
    else {
      const over = value >= limit;
      const under = signed && value <= floor;
      passes = !over && !under && value >= floor;
      if (over) sums[column]! += dy[i]!;
      else if (under) sums[column]! -= dy[i]!;
    }
    result[i] = passes ? dy[i]! : 0;
    if (++column === count) column = 0;
  }
}
