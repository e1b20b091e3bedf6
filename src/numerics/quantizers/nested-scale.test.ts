import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Granularity, scaleGrid } from '../scales/scale-grid';
import { adamStep } from '../training/optimizers';
import {
  expectedScale,
  LEAST_SCALE,
  type NestedScales,
  nestedCodes,
  nestedScaleGradient,
  nestedValues,
  scaleVotes,
  sensitivities,
} from './nested-scale';

const perRow: Granularity = { axis: 0 };

function nested(shape: readonly number[], scales: number[], granularity: Granularity = 'tensor'): NestedScales {
  return { grid: scaleGrid(shape, granularity), scales: Float32Array.from(scales), rounding: 'floor' };
}

function expectNear(found: ArrayLike<number>, expected: readonly number[], digits = 6): void {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, digits);
}

describe('two weights for each of two inputs, a scale an input', () => {
  const latent = Float32Array.of(0.3, -0.2, 0.05, 0);
  const gradient = Float32Array.of(1e-3, 0, 2, 0);
  const layer = nested([2, 2], [0.1, 0.1], perRow);
  const rule = { lambda: 0.01, fallback: true };

  test('codes', () => expect([...nestedCodes(latent, layer)]).toEqual([3, -2, 0, 0]));

  test('ratios, with float32’s epsilon where the value is 0', () => {
    const [first, second, third, fourth] = sensitivities(latent, gradient, layer);
    expect(first).toBeCloseTo(0.00333333, 7);
    expect([second, third, fourth]).toEqual([0, 2 ** 24, 0]);
  });

  test('votes', () => expectNear(scaleVotes(latent, gradient, layer, rule), [-0.0066666, -0.0099997, 0, -0.0099997]));

  test('gradient: the mean vote times the largest code; a row of zeros stays where it is', () => {
    expectNear(nestedScaleGradient(latent, gradient, layer, rule), [-0.0249994, 0]);
  });

  test('one scale for all', () => {
    const tensor = nested([2, 2], [0.1]);
    expectNear(nestedScaleGradient(latent, gradient, tensor, rule), [((-0.0066666 - 2 * 0.0099997) / 4) * 3]);
  });

  test('a scale for each output', () => {
    const columns = nested([2, 2], [0.1, 0.1], { axis: 1 });
    // Outputs: 0.3 and 0.05, with 3 as largest code; −0.2 and 0, with 2.
    expectNear(nestedScaleGradient(latent, gradient, columns, rule), [(-0.0066666 / 2) * 3, -0.0099997 * 2]);
  });
});

describe('where all weights of a group are sensitive', () => {
  const latent = Float32Array.of(0.35, -0.25);
  const layer = nested([1, 2], [0.1], perRow);
  const gradient = Float32Array.of(1, 1);

  test('each votes −tanh λ with the fallback, none without', () => {
    expectNear(scaleVotes(latent, gradient, layer, { lambda: 0.01, fallback: true }), [-Math.tanh(0.01), -Math.tanh(0.01)]);
    expect([...scaleVotes(latent, gradient, layer, { lambda: 0.01, fallback: false })]).toEqual([0, 0]);
    expectNear(nestedScaleGradient(latent, gradient, layer, { lambda: 0.01, fallback: true }), [-Math.tanh(0.01) * 3]);
  });

  test('one insensitive weight halves it: the fallback is not monotone', () => {
    const one = nestedScaleGradient(latent, Float32Array.of(1, 0), layer, { lambda: 0.01, fallback: true });
    expectNear(one, [(-Math.tanh(0.01) / 2) * 3]);
  });

  test('with λ = 0 nothing ever moves', () => {
    expect([...nestedScaleGradient(latent, Float32Array.of(0, 1), layer, { lambda: 0, fallback: true })]).toEqual([0]);
  });
});

test('without a threshold every weight votes −tanh λ, whatever its gradient', () => {
  const layer = nested([2, 2], [0.1, 0.1], perRow);
  const latent = Float32Array.of(0.35, -0.25, 0.05, 0);
  for (const fallback of [true, false])
    for (const gradient of [Float32Array.of(1, 1, 1, 1), Float32Array.of(0, 1, 0, 0), new Float32Array(4)]) {
      const rule = { lambda: 0.01, fallback, allVote: true };
      expectNear(scaleVotes(latent, gradient, layer, rule), new Array(4).fill(-Math.tanh(0.01)));
      // Largest codes 3 and 0.
      expectNear(nestedScaleGradient(latent, gradient, layer, rule), [-3 * Math.tanh(0.01), 0]);
    }
});

test('votes of 1e-10 survive float32', () => {
  const votes = scaleVotes(Float32Array.of(0.3), Float32Array.of(0), nested([1, 1], [0.1]), { lambda: 1e-10, fallback: true });
  expect(votes[0]).toBe(Math.fround(-1e-10));
});

test('convolutions: rows and columns of the window, input channels', () => {
  const shape = [2, 1, 2, 1];
  const latent = Float32Array.of(0.1, 0.2, 0.3, 0.4);
  const scales = (granularity: Granularity, values: number[]) => [...nestedCodes(latent, nested(shape, values, granularity))];
  expect(scales({ axis: 0 }, [0.0625, 0.125])).toEqual([1, 3, 2, 3]);
  expect(scales({ axis: 1 }, [0.0625])).toEqual([1, 3, 4, 6]);
  expect(scales({ axis: 2 }, [0.0625, 0.125])).toEqual([1, 1, 4, 3]);
});

const weights = fc.float32Array({ minLength: 12, maxLength: 12, noNaN: true, noDefaultInfinity: true, min: -2, max: 2 });
const gradients = fc.float32Array({ minLength: 12, maxLength: 12, noNaN: true, noDefaultInfinity: true, min: -1, max: 1 });

test('floor lies below by less than a step; scales never shrink', () => {
  fc.assert(
    fc.property(weights, gradients, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (latent, gradient, lambda, fallback) => {
      const layer = nested([3, 4], [0.01, 0.1, 0.5], perRow);
      nestedValues(latent, layer).forEach((value, i) => {
        const s = layer.scales[Math.floor(i / 4)]!;
        expect(latent[i]! - value).toBeGreaterThan(-2e-6);
        expect(latent[i]! - value).toBeLessThan(s + 2e-6);
      });
      for (const g of nestedScaleGradient(latent, gradient, layer, { lambda, fallback })) expect(g).toBeLessThanOrEqual(0);
    }),
  );
});

describe('Adam with gradients far below its ε', () => {
  /** One weight that always votes, trained at rate 1e-4. */
  function trained({ lambda, epsilon, steps, weight }: Readonly<Record<'lambda' | 'epsilon' | 'steps' | 'weight', number>>): number {
    const layer = nested([1, 1], [LEAST_SCALE]);
    const [latent, still] = [Float32Array.of(weight), new Float32Array(1)];
    const [first, second] = [new Float32Array(1), new Float32Array(1)];
    for (let step = 1; step <= steps; step++) {
      const gradient = nestedScaleGradient(latent, still, layer, { lambda, fallback: true });
      adamStep(layer.scales, gradient, first, second, { lr: 1e-4, beta1: 0.9, beta2: 0.999, epsilon, step });
    }
    return layer.scales[0] as number;
  }

  test('follows the square-root law', () => {
    const found = trained({ lambda: 1e-10, epsilon: 1e-7, steps: 20_000, weight: 0.2 });
    const expected = expectedScale({ lr: 1e-4, ratio: 1e-3, steps: 20_000, share: 1, largest: 0.2 });
    // A little below: ⌊P / s⌋ is less than P / s.
    expect(found / expected).toBeGreaterThan(0.93);
    expect(found / expected).toBeLessThan(1);
  });

  test('only λ ÷ ε matters: ε 1e-8 is as ten times the λ', () => {
    const given = { steps: 10_000, weight: 0.2 };
    const found = trained({ lambda: 1e-10, epsilon: 1e-8, ...given });
    expect(found / trained({ lambda: 1e-9, epsilon: 1e-7, ...given })).toBeCloseTo(1, 3);
    expect(found / trained({ lambda: 1e-10, epsilon: 1e-7, ...given })).toBeGreaterThan(2.5);
  });
});
