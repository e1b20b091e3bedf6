import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Encoding, StoredTensor } from '../container/stored-tensor';
import { fillNormal } from '../random/rng';
import { dequantize, quantize, symmetricScale } from '../scales/uniform';
import { evenSpacing, inspectQuantizer, spread } from './quantizer-inspection';

const tensor = (encoding: Encoding, shape: readonly number[]): StoredTensor => ({ name: 'fc1/kernel', role: 'weight', shape, encoding });

function uniformInspection(latent: Float32Array, bits: number, scale: number, gradient = new Float32Array(latent.length).fill(1)) {
  const codes = quantize(latent, scale, bits);
  const stored = dequantize(codes, scale);
  const encoding: Encoding = { kind: 'uniform', bits, codes, scales: Float32Array.of(scale) };
  return inspectQuantizer(tensor(encoding, [latent.length, 1]), { latent, stored, gradient }, 32)!;
}

describe('a look at a quantizer', () => {
  test('by hand: five weights, 2 bits, scale 1', () => {
    const latent = Float32Array.of(1.5, -0.25, 0, 0.75, -1.25);
    const inspection = uniformInspection(latent, 2, 1, Float32Array.of(0, 1, 1, 1, 0));
    expect([...inspection.group.latent]).toEqual([-1.25, -0.25, 0, 0.75, 1.5]);
    expect([...inspection.group.stored]).toEqual([-1, 0, 0, 1, 1]);
    expect([...inspection.group.gradient]).toEqual([0, 1, 1, 1, 0]);
    expect([...inspection.group.levels]).toEqual([-1, 0, 1]);
    expect(inspection.group.clip).toEqual([-1, 1]);
    expect(inspection.group.clipped).toBe(2);
    expect(inspection.dead).toBe(2);
    expect(inspection.group.error).toBeCloseTo((0.25 + 0.0625 + 0.0625 + 0.0625) / 5, 6);
    expect(inspection.scale!.calibrated!.minMax.scale).toBeCloseTo(1.5, 6);
  });

  test('at the largest magnitude over the largest code nothing is clipped, and the optimum is no worse', () => {
    const latent = new Float32Array(5000);
    fillNormal(latent, 3, 1, 1);
    const scale = symmetricScale(latent, 4);
    const { group, scale: inspection } = uniformInspection(latent, 4, scale);
    expect(group.clipped).toBe(0);
    // The largest magnitude is on one side; the other may not reach the last level.
    expect(group.levelCount).toBeGreaterThanOrEqual(14);
    expect(group.latent.length).toBeLessThanOrEqual(802);
    expect(inspection!.calibrated!.minMax.scale).toBeCloseTo(scale, 6);
    expect(inspection!.calibrated!.percentile.scale).toBeLessThan(inspection!.calibrated!.minMax.scale);
    // For a normal distribution and 15 levels the valley lies near 0.35σ; it is flat, and 2,048 weights are a sample.
    expect(inspection!.calibrated!.optimum.scale).toBeGreaterThan(0.31);
    expect(inspection!.calibrated!.optimum.scale).toBeLessThan(0.39);
    expect(inspection!.calibrated!.optimum.error).toBeLessThanOrEqual(
      Math.min(...inspection!.errors, inspection!.calibrated!.minMax.error, inspection!.calibrated!.percentile.error),
    );
    expect(inspection!.current.error).toBeCloseTo(inspection!.calibrated!.minMax.error, 2);
  });

  test('a layer of zeros, and floats', () => {
    const zeros = uniformInspection(new Float32Array(6), 3, 0);
    expect(zeros.scale).toBeNull();
    expect(zeros.group.clip).toBeNull();
    expect([...zeros.group.levels]).toEqual([0]);
    const values = new Float32Array(2);
    expect(inspectQuantizer(tensor({ kind: 'float32', values }, [2]), { latent: values, stored: values, gradient: values }, 0)).toBeNull();
  });

  test('other encodings have their levels and limits, and no curve', () => {
    const latent = Float32Array.of(-3, 0.2, 0.9, 2);
    const gradient = new Float32Array(4);
    const codes = Int32Array.of(0, 1, 1, 2);
    const codebook: Encoding = { kind: 'codebook', bits: 2, codes, levels: Float32Array.of(-1, 0.5, 4), codebooks: 1 };
    const inspection = inspectQuantizer(tensor(codebook, [4, 1]), { latent, stored: Float32Array.of(-1, 0.5, 0.5, 4), gradient }, 96)!;
    expect([inspection.group.clip, inspection.group.clipped, inspection.scale, inspection.dead]).toEqual([[-1, 4], 1, null, 4]);
    // Signs: two levels 2 apart, and the least error where the level is the mean magnitude (XNOR-Net, equation 6).
    const weights = Float32Array.of(-3, 0.2, 0.8, 2);
    const signs: Encoding = { kind: 'basis', bits: 1, codes: Int32Array.of(0, 1, 1, 1), basis: Float32Array.of(1) };
    const binary = inspectQuantizer(tensor(signs, [4, 1]), { latent: weights, stored: Float32Array.of(-1, 1, 1, 1), gradient }, 32)!;
    expect(binary.scale!.current).toMatchObject({ scale: 2, error: binary.group.error });
    expect(binary.scale!.calibrated!.minMax.scale).toBe(6);
    expect(binary.scale!.calibrated!.optimum.scale).toBeCloseTo(2 * 1.5, 1);
    const format: Encoding = { kind: 'format', format: 'e2m1', bits: 4, codes };
    const floats = inspectQuantizer(tensor(format, [4, 1]), { latent, stored: Float32Array.of(-3, 0, 1, 2), gradient }, 0)!;
    expect([floats.group.clip, floats.map, floats.groups]).toEqual([null, null, 1]);
  });
});

test('of many groups one in the middle is shown, with its own scale, zero-point and levels', () => {
  const latent = Float32Array.of(1, 10, 100, -1, -10, -100);
  const gradient = new Float32Array(6).fill(1);
  const codes = Int32Array.of(1, 1, 1, -1, -1, -1);
  const scales = Float32Array.of(1, 20, 300);
  const stored = Float32Array.of(1, 20, 300, -1, -20, -300);
  const uniform: Encoding = { kind: 'uniform', bits: 2, codes, scales, granularity: 'channel' };
  const inspection = inspectQuantizer(tensor(uniform, [2, 3]), { latent, stored, gradient }, 96)!;
  expect([inspection.groups, inspection.shown, inspection.scale!.current.scale, inspection.group.clip]).toEqual([3, 1, 20, [-20, 20]]);
  expect([...inspection.group.latent]).toEqual([-10, 10]);
  const levels = Float32Array.of(-1, 1, -20, 20, -300, 300);
  const codebooks: Encoding = {
    kind: 'codebook',
    bits: 1,
    codes: Int32Array.of(1, 1, 1, 0, 0, 0),
    levels,
    codebooks: 3,
    granularity: 'channel',
  };
  expect(inspectQuantizer(tensor(codebooks, [2, 3]), { latent, stored, gradient }, 96)!.group.clip).toEqual([-20, 20]);
  const basis: Encoding = { kind: 'basis', bits: 1, codes: Int32Array.of(1, 1, 1, 0, 0, 0), basis: scales, granularity: 'channel' };
  expect(inspectQuantizer(tensor(basis, [2, 3]), { latent, stored, gradient }, 96)!.group.clip).toEqual([-20, 20]);
});

test('a pruned weight has the level 0 whatever its code means', () => {
  const codebook: Encoding = { kind: 'codebook', bits: 1, codes: Int32Array.of(0, 1, 0, 0), levels: Float32Array.of(-1, 2), codebooks: 1 };
  const stored = Float32Array.of(-1, 2, 0, 0);
  const pruned: StoredTensor = { ...tensor(codebook, [4, 1]), support: { kind: 'bitmask', kept: Uint8Array.of(1, 1, 0, 0) } };
  const inspection = inspectQuantizer(pruned, { latent: stored, stored, gradient: new Float32Array(4) }, 0)!;
  expect([...inspection.group.levels]).toEqual([-1, 0, 2]);
});

test('a scale without limits of its codes clips nothing, and a smaller one has less error forever', () => {
  const latent = new Float32Array(400);
  fillNormal(latent, 5, 1, 1);
  const scale = 0.25;
  const codes = Int32Array.from(latent, (w) => Math.floor(w / scale));
  const stored = Float32Array.from(codes, (code) => scale * code);
  const encoding: Encoding = { kind: 'uniform', bits: 6, codes, scales: Float32Array.of(scale) };
  const values = { latent, stored, gradient: new Float32Array(400).fill(1) };
  const inspection = inspectQuantizer(tensor(encoding, [400, 1]), values, 32, { rounding: 'floor', limited: false })!;
  expect([inspection.group.clip, inspection.group.clipped, inspection.scale!.calibrated]).toEqual([null, 0, null]);
  const { scales, errors, current } = inspection.scale!;
  // Rounded down, evenly spread over a step, the error is a third of its square; the point in use lies on the curve.
  expect(errors[0]! / scales[0]! ** 2).toBeCloseTo(1 / 3, 1);
  const at = scales.findIndex((s) => s >= scale);
  expect(current.error).toBeGreaterThan(errors[at - 1]! * 0.9);
  expect(current.error).toBeLessThan(errors[at]! * 1.1);
  expect(Math.max(...errors.slice(0, 28))).toBeLessThan(Math.min(...errors.slice(-14)));
});

test('the sample ascends and holds both ends', () => {
  fc.assert(
    fc.property(fc.float32Array({ minLength: 1, maxLength: 60, noNaN: true }), fc.integer({ min: 1, max: 20 }), (values, limit) => {
      const sample = [...spread(values, limit)].map((i) => values[i]!);
      expect(sample.length).toBeLessThanOrEqual(limit + 2);
      expect(sample).toEqual([...sample].sort((a, b) => a - b));
      expect([sample[0]! + 0, sample.at(-1)! + 0]).toEqual([Math.min(...values) + 0, Math.max(...values) + 0]);
    }),
  );
});

test('evenly spaced levels are those of a uniform quantizer', () => {
  expect(evenSpacing(Float32Array.of(-1, 1))).toEqual({ scale: 2, range: { low: 0, high: 1, zeroPoint: 0.5 } });
  expect(evenSpacing(Float32Array.of(-0.5, 0, 0.5))).toEqual({ scale: 0.5, range: { low: 0, high: 2, zeroPoint: 1 } });
  expect(evenSpacing(Float32Array.of(-1, 0, 0.5))).toBeNull();
  expect(evenSpacing(Float32Array.of(1, 1))).toBeNull();
  expect(evenSpacing(Float32Array.of(1))).toBeNull();
  expect(evenSpacing(new Float32Array())).toBeNull();
});
