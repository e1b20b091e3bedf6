import * as tf from '@tensorflow/tfjs-core';
import { FP8_SCALE_GRID, inverseLargest, inverseScale } from '../../../numerics/formats/fp8-scaled';
import { MX_EXPONENTS } from '../../../numerics/formats/mx';
import { isStochastic, type Rounding } from '../../../numerics/rounding/rounding';
import type { RoundingGrid } from '../../../numerics/rounding/rounding-grid';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, flatIndex, launch, workgroupsFor } from '../../device/gpu-program';
import type { RoundToGridAttributes } from '../shared/attributes';
import { KernelName, setKernel } from '../shared/dispatch';

/** Whether a magnitude with something left over is rounded away from zero; see numerics/rounding/rounding-grid. */
const awayWgsl: Readonly<Record<Rounding, string>> = {
  'nearest-even': 'rest > half || (rest == half && (whole & 1u) == 1u)',
  'half-away': 'rest >= half',
  floor: 'negative',
  ceil: '!negative',
  'toward-zero': 'false',
  stochastic: 'below(random, rest, u32(places))',
  'stochastic-half': 'random < 0x800000u',
};

const outwardWgsl: Readonly<Record<Rounding, string>> = {
  'nearest-even': 'true',
  'half-away': 'true',
  floor: 'negative',
  ceil: '!negative',
  'toward-zero': 'false',
  stochastic: 'false',
  'stochastic-half': 'false',
};

/**
 * Numbers stay bits throughout: floating-point operations may take subnormal numbers for zero, and may assume that
 * there is no NaN. settings: columns, block inputs, block outputs, blocks across, period.
 */
function wgslFor({ grid, rounding, blocks }: RoundToGridAttributes): string {
  const random = isStochastic(rounding);
  return /* wgsl */ `
// rounding to a format
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> result: array<u32>;
${random ? `@group(0) @binding(2) var<storage, read> draws: array<f32>;` : ''}
${
  blocks
    ? `@group(0) @binding(${random ? 3 : 2}) var<storage, read> largest: array<u32>;
@group(0) @binding(${random ? 4 : 3}) var<storage, read> settings: array<u32>;`
    : ''
}
fn exponentOf(magnitude: u32) -> i32 { return i32(max(magnitude >> 23u, 1u)) - 127; }
// count × 2^step, count up to 2^24, as a magnitude's bits
fn assemble(count: u32, step: i32) -> u32 {
  if (count == 0u) { return 0u; }
  let top = firstLeadingBit(count);
  let exponent = step + i32(top);
  if (exponent < -126) { return count << u32(clamp(step + 149, 0, 31)); }
  return (u32(min(exponent, 128) + 127) << 23u) | select((count << (23u - min(top, 23u))) & 0x7fffffu, 0u, exponent > 127);
}
// Whether random / 2^24 < rest / 2^places
fn below(random: u32, rest: u32, places: u32) -> bool {
  if (places <= 24u) { return random < (rest << (24u - places)); }
  let by = min(places - 24u, 31u);
  return random < ((rest + (1u << by) - 1u) >> by);
}
${roundedWgsl('rounded', grid, rounding)}
${blocks?.scale === 'e4m3fn' ? scaledWgsl(blocks.maxFinite) : ''}
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = flatIndex(group, groups, local);
  if (i >= arrayLength(&result)) { return; }
${blocks ? '  let max = largest[((i / settings[0] % settings[4]) / settings[1]) * settings[3] + (i % settings[0]) / settings[2]] & 0x7fffffffu;' : ''}
  ${scaleWgsl(blocks)}
  result[i] = ${blocks?.scale === 'e4m3fn' ? 'scaled' : 'rounded'}(x[i], scale, ${random ? 'u32(draws[i] * 16777216.0)' : '0u'});
}`;
}

/** What the numbers of a block are rounded with: a power of two's exponent, or the bits of an e4m3fn number. */
function scaleWgsl(blocks: RoundToGridAttributes['blocks']): string {
  if (!blocks) return 'let scale = 0;';
  if (blocks.scale === 'e4m3fn') return 'let scale = scaleOf(max);';
  const { min, max } = MX_EXPONENTS;
  return `let scale = select(clamp(exponentOf(max) - (${blocks.maxExponent}), ${min}, ${max}), ${min}, max == 0u);`;
}

/** A function (bits, exponent of the scale, random bits) → bits that rounds to a grid. */
function roundedWgsl(name: string, grid: RoundingGrid, rounding: Rounding): string {
  const overflow = { saturate: 'limit', infinity: '0x7f800000u', nan: '0x7fc00000u' }[grid.overflow];
  const [max, min] = [parts(grid.max), parts(-grid.min)];
  return /* wgsl */ `fn ${name}(bits: u32, scale: i32, random: u32) -> u32 {
  let sign = bits & 0x80000000u;
  let negative = sign != 0u;
  let magnitude = bits & 0x7fffffffu;
  if (magnitude >= 0x7f800000u) { return ${grid.infinities ? 'bits' : '0x7fc00000u'}; }
  let exponent = exponentOf(magnitude);
  let significand = (magnitude & 0x7fffffu) | select(0u, 0x800000u, magnitude >= 0x800000u);
  let step = max(exponent - (${grid.mantissaBits}), ${grid.smallestStep} + scale);
  let places = step - exponent + 23;
  // A significand has 24 bits: but for its share of a step, more than 31 places are the same as 31.
  let shift = u32(min(places, 31));
  let whole = significand >> shift;
  let rest = significand - (whole << shift);
  let half = (1u << shift) >> 1u;
  let away = rest != 0u && (${awayWgsl[rounding]});
  let found = assemble(whole + select(0u, 1u, away), step);
  let limit = select(assemble(${max.count}u, ${max.step} + scale), assemble(${min.count}u, ${min.step} + scale), negative);
  if (found <= limit) { return select(sign, 0u, ${grid.negativeZero ? 'false' : 'found == 0u'}) | found; }
  return sign | select(limit, ${overflow}, ${outwardWgsl[rounding]});
}`;
}

/**
 * The scale of a block, and rounding with it: x times the inverse of the scale is rounded. Products are correctly rounded on every
 * device, divisions are not: the inverse comes from a table of the eight significands that an e4m3fn number can have.
 */
function scaledWgsl(maxFinite: number): string {
  const inverses = Array.from({ length: 8 }, (_, i) => `${bitsOf(inverseScale(1 + i / 8))}u`);
  return /* wgsl */ `${roundedWgsl('roundedScale', FP8_SCALE_GRID, 'nearest-even')}
const inverses = array<u32, 8>(${inverses.join(', ')});
fn scaleOf(max: u32) -> u32 { return roundedScale(bitcast<u32>(bitcast<f32>(max) * bitcast<f32>(${bitsOf(inverseLargest(maxFinite))}u)), 0, 0u); }
fn normal(bits: u32) -> u32 { return select(bits, bits & 0x80000000u, (bits & 0x7fffffffu) < 0x800000u); }
fn scaled(bits: u32, scale: u32, random: u32) -> u32 {
  let x = normal(bits);
  // Of an infinity and of NaN the product need not be one.
  if ((x & 0x7fffffffu) >= 0x7f800000u) { return rounded(x, 0, random); }
  var table = inverses;
  let inverse = select(table[(scale >> 20u) & 7u] + ((127u - (scale >> 23u)) << 23u), 0u, scale == 0u);
  let product = select(bitcast<u32>(bitcast<f32>(x) * bitcast<f32>(inverse)), x & 0x80000000u, scale == 0u);
  let element = rounded(normal(product), 0, random);
  if ((element & 0x7fffffffu) == 0u) { return element; }
  return bitcast<u32>(bitcast<f32>(element) * bitcast<f32>(scale));
}`;
}

function bitsOf(x: number): number {
  return new Uint32Array(Float32Array.of(x).buffer)[0] as number;
}

/** A float32 number above 0 as count × 2^step. */
function parts(value: number): { readonly count: number; readonly step: number } {
  let [count, step] = [value, 0];
  for (; !Number.isInteger(count); step--) count *= 2;
  for (; count >= 2 ** 24; step++) count /= 2;
  return { count, step };
}

setKernel({
  kernelName: KernelName.roundToGrid,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { x, draws, largest } = inputs as { x: tf.TensorInfo; draws?: tf.TensorInfo; largest?: tf.TensorInfo };
    const attributes = attrs as unknown as RoundToGridAttributes;
    const result = emptyTensor(gpu, x.shape);
    const tensors = [x, result, ...(draws ? [draws] : [])];
    if (attributes.blocks && largest) {
      const { outputs, blockInputs, blockOutputs, across, period } = attributes.blocks.layout;
      const settings = tf.tensor1d(Int32Array.of(outputs, blockInputs, blockOutputs, across, period), 'int32');
      launch(gpu, wgslFor(attributes), [...tensors, largest, settings], workgroupsFor(result.shape.reduce((a, b) => a * b, 1)));
      settings.dispose();
    } else {
      launch(gpu, wgslFor(attributes), tensors, workgroupsFor(result.shape.reduce((a, b) => a * b, 1)));
    }
    return result;
  },
});
