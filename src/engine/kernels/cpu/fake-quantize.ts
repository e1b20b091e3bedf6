import { isStochastic, roundBy, roundHalfEven } from '../../../numerics/rounding/rounding';
import { type ScaleGrid, scaleGrid, scaleOf } from '../../../numerics/scales/scale-grid';
import { maxCode, roundingDraws } from '../../../numerics/scales/uniform';
import type { ArrayKernel } from '../shared/arrays';
import type { FakeQuantizeAttributes } from '../shared/attributes';

/**
 * The loops for wasm and cpu. Like the GPU, and unlike numerics/scales/uniform, they let a weight that is not finite turn all weights
 * of its scale into NaN instead of throwing: the trainer's guard sees the loss and explains.
 */
export const fakeQuantizeArrays: ArrayKernel = ({ x }, arrays, attrs) => {
  const attributes = attrs as unknown as FakeQuantizeAttributes;
  const out = arrays.output(x!.shape, 'float32');
  const [values, result] = [arrays.float32(x), arrays.float32(out)];
  const most = maxCode(attributes.bits);
  if (attributes.granularity === 'tensor' && attributes.rounding === 'nearest-even') wholeTensor(values, result, most);
  else byGroups(values, result, most, scaleGrid(x!.shape, attributes.granularity), attributes);
  return out;
};

/** The common case, without an index or a branch more than it needs. */
function wholeTensor(values: Float32Array, result: Float32Array, most: number): void {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  const scale = Math.fround(largest / most);
  if (scale === 0) {
    result.fill(0);
    return;
  }
  for (let i = 0; i < values.length; i++) {
    const code = roundHalfEven(Math.fround(values[i]! / scale));
    result[i] = scale * Math.min(most, Math.max(-most, code));
  }
}

function byGroups(values: Float32Array, result: Float32Array, most: number, grid: ScaleGrid, attributes: FakeQuantizeAttributes): void {
  const { rounding } = attributes;
  const scales = new Float32Array(grid.scales);
  for (let i = 0; i < values.length; i++) {
    const group = scaleOf(grid, i);
    scales[group] = Math.max(scales[group]!, Math.abs(values[i]!));
  }
  for (let group = 0; group < scales.length; group++) scales[group]! /= most;
  const draws = isStochastic(rounding) ? roundingDraws(values.length, rounding, attributes) : undefined;
  for (let i = 0; i < values.length; i++) {
    const scale = scales[scaleOf(grid, i)]!;
    const code = scale === 0 ? 0 : roundBy(rounding, Math.fround(values[i]! / scale), draws?.[i] ?? 0);
    // Adding 0 makes a code of −0 plain 0.
    result[i] = scale * (Math.min(most, Math.max(-most, code)) + 0);
  }
}
