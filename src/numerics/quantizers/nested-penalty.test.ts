import { describe, expect, test } from 'vitest';
import { type Granularity, scaleGrid, scaleOf } from '../scales/scale-grid';
import { numericalGradient, someValues } from '../testing/finite-differences';
import { adamStep } from '../training/optimizers';
import { nestedPenalties, nestedPenalty } from './nested-penalty';
import type { NestedScales } from './nested-scale';

const layer = (scales: number[], granularity: Granularity = { axis: 0 }, shape = [2, 2]): NestedScales => ({
  grid: scaleGrid(shape, granularity),
  scales: Float32Array.from(scales),
  rounding: 'floor',
});

describe('by hand: [[0.375, −0.25], [0.0625, 0]] with scales 1/8 and 1/4', () => {
  const latent = Float32Array.of(0.375, -0.25, 0.0625, 0);
  const nested = layer([0.125, 0.25]);

  test('inverse: the mean of 8 and 4', () => {
    const { value, latent: byLatent, scales } = nestedPenalty('inverse', latent, nested);
    expect(value).toBe(6);
    expect([...scales]).toEqual([-32, -8]);
    expect([...byLatent]).toEqual([0, 0, 0, 0]);
  });

  test('bins: the mean of 3 and 1/4', () => {
    const { value, latent: byLatent, scales } = nestedPenalty('bins', latent, nested);
    expect(value).toBe(1.625);
    expect([...scales]).toEqual([-12, -0.5]);
    expect([...byLatent]).toEqual([4, 0, 2, 0]);
  });

  test('deviation: |P| |1 − 1/s|, so 7 |P| and 3 |P|', () => {
    const { value, latent: byLatent, scales } = nestedPenalty('deviation', latent, nested);
    expect(value).toBe((7 * 0.625 + 3 * 0.0625) / 4);
    expect([...scales]).toEqual([(-0.625 * 64) / 4, (-0.0625 * 16) / 4]);
    expect([...byLatent].map(Math.abs)).toEqual([7 / 4, 7 / 4, 3 / 4, 0]);
    expect(Math.sign(byLatent[1]!)).toBe(-1);
  });

  test('true deviation: only 1/16 of the third weight is lost', () => {
    const { value, scales } = nestedPenalty('true-deviation', latent, nested);
    expect(value).toBe(0.0625 / 4);
    expect([...scales].map(Math.abs)).toEqual([0, 0]);
    const off = nestedPenalty('true-deviation', Float32Array.of(0.4, -0.2, 0, 0), nested);
    // Codes 3 and −2: 0.025 and 0.05 lost, and both shrink or grow with s by their code.
    expect(off.value).toBeCloseTo(0.075 / 4, 8);
    expect(off.scales[0]).toBeCloseTo(-(3 - 2) / 4, 8);
    expect([...off.latent.slice(0, 2)]).toEqual([0.25, 0.25]);
  });

  test('weights that are equally large share the gradient of the maximum', () => {
    const { latent: byLatent } = nestedPenalty('bins', Float32Array.of(0.5, -0.5, 0, 0), nested);
    expect([...byLatent].map((g) => g + 0)).toEqual([2, -2, 0, 0]);
  });
});

describe('gradients are central differences', () => {
  const shape = [3, 2, 2, 3];
  for (const penalty of nestedPenalties)
    for (const [granularity, scales] of [
      ['tensor', [0.17]],
      [{ axis: 0 }, [0.11, 0.07, 1.3]],
      [{ axis: 3 }, [0.11, 0.07, 0.3]],
    ] as const)
      test(`${penalty} by ${JSON.stringify(granularity)}`, () => {
        const nested = layer([...scales], granularity, shape);
        // Every weight 0.2 steps or more from the next whole number of its scale, where the true deviation jumps.
        const latent = Float32Array.from(someValues(36, 0.3), (v, i) => {
          const s = nested.scales[scaleOf(nested.grid, i)]!;
          return s * (Math.round(10 * v) + 0.5 + 0.3 * Math.sin(i));
        });
        const parts = nestedPenalty(penalty, latent, nested);
        // The helper's step of 1e-5, but 20 times as long: float32 numbers have few digits.
        const stretch = 20;
        const byLatent = numericalGradient(
          (x) =>
            nestedPenalty(
              penalty,
              Float32Array.from(x, (v) => v * stretch),
              nested,
            ).value,
          Float64Array.from(latent, (v) => v / stretch),
        );
        const byScale = numericalGradient(
          (x) => nestedPenalty(penalty, latent, { ...nested, scales: Float32Array.from(x, (v) => v * stretch) }).value,
          Float64Array.from(nested.scales, (v) => v / stretch),
        );
        byLatent.forEach((found, i) => {
          const error = Math.abs(found / stretch - parts.latent[i]!);
          expect(error).toBeLessThan(2e-3 * Math.max(0.1, ...parts.latent.map(Math.abs)));
        });
        byScale.forEach((found, i) => {
          expect(Math.abs(found / stretch - parts.scales[i]!)).toBeLessThan(2e-3 * Math.max(0.1, ...parts.scales.map(Math.abs)));
        });
      });
});

test('with Adam and gradients below its ε the cube of the scale grows by 3 × rate × γ ÷ ε in each step', () => {
  const start = 0.1;
  const nested = layer([start], 'tensor', [1, 1]);
  const [latent, first, second] = [Float32Array.of(0.1), new Float32Array(1), new Float32Array(1)];
  for (let step = 1; step <= 20_000; step++) {
    const gradient = Float32Array.from(nestedPenalty('inverse', latent, nested).scales, (g) => 1e-10 * g);
    adamStep(nested.scales, gradient, first, second, { lr: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, step });
  }
  // Gradients of 1e-8 and less beside an ε of 1e-7.
  const growth = (nested.scales[0] as number) ** 3 - start ** 3;
  expect(growth / (3 * 1e-4 * 1e-3 * 20_000)).toBeGreaterThan(0.93);
  expect(growth / (3 * 1e-4 * 1e-3 * 20_000)).toBeLessThan(1);
});
