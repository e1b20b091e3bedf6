import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { obdScores } from './obd';
import { type Curvature, curvatureOf, obsAdjusted, obsScores } from './obs';

const exact = (products: readonly number[], inputs: number): Curvature => curvatureOf(Float32Array.from(products), inputs, 0);

describe('Optimal Brain Surgeon', () => {
  const curvature = exact([2, 1, 1, 3], 2);
  const weights = Float32Array.of(0.5, -1);

  test('the fixture: H = [[2, 1], [1, 3]], w = [0.5, −1]', () => {
    const scores = obsScores(weights, curvature);
    expect(scores[0]).toBeCloseTo(0.208333, 6);
    expect(scores[1]).toBeCloseTo(1 / (2 * 0.4), 6);
    const moved = obsAdjusted(weights, Uint8Array.of(0, 1), curvature);
    expect(moved[0]).toBe(0);
    expect(moved[1]).toBeCloseTo(-1 + 0.166667, 6);
  });

  test('a unit at a time: a second column is adjusted by its own mask', () => {
    const two = Float32Array.of(0.5, 4, -1, 5);
    const moved = obsAdjusted(two, Uint8Array.of(0, 1, 1, 1), curvature);
    expect([...moved].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 4, -0.833333, 5]);
  });

  test('an input that is always 0 costs nothing, and its weight moves no other', () => {
    const dead = curvatureOf(Float32Array.of(2, 0, 0, 0), 2);
    const scores = obsScores(Float32Array.of(1, 1), dead);
    expect(scores[0]).toBeCloseTo(1, 1);
    expect(scores[1]).toBeLessThan(0.01);
    expect([...obsAdjusted(Float32Array.of(1, 1), Uint8Array.of(1, 0), dead)]).toEqual([1, 0]);
    expect([...obsScores(Float32Array.of(1, 2), curvatureOf(new Float32Array(4), 2))]).toEqual([0.5, 2]);
  });
});

describe('on any layer', () => {
  const value = fc.double({ min: -2, max: 2, noNaN: true });
  const layer = fc.integer({ min: 1, max: 7 }).chain((inputs) =>
    fc.record({
      inputs: fc.constant(inputs),
      images: fc.array(fc.array(value, { minLength: inputs, maxLength: inputs }), { minLength: 1, maxLength: 6 }),
      weights: fc.array(value, { minLength: inputs, maxLength: inputs }).map((own) => Float32Array.from(own)),
      kept: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: inputs, maxLength: inputs }).map((own) => Uint8Array.from(own)),
      nudge: fc.array(value, { minLength: inputs, maxLength: inputs }),
    }),
  );

  function curvatureFor({ inputs, images }: { readonly inputs: number; readonly images: readonly (readonly number[])[] }): Curvature {
    const products = new Float32Array(inputs * inputs);
    for (let i = 0; i < inputs; i++)
      for (let j = 0; j < inputs; j++) products[i * inputs + j] = images.reduce((sum, x) => sum + x[i]! * x[j]!, 0) / images.length;
    return curvatureOf(products, inputs);
  }

  const cost = ({ hessian }: Curvature, from: Float32Array, to: ArrayLike<number>) => {
    const change = Array.from(from, (weight, i) => to[i]! - weight);
    return change.reduce((sum, a, i) => sum + a * change.reduce((inner, b, j) => inner + hessian[i]![j]! * b, 0), 0) / 2;
  };

  test('OBS never expects more loss than OBD with the same H', () => {
    fc.assert(
      fc.property(layer, (own) => {
        const curvature = curvatureFor(own);
        const obd = obdScores(
          own.weights,
          Float32Array.from(curvature.hessian, (row, i) => row[i]!),
        );
        for (const [i, score] of obsScores(own.weights, curvature).entries())
          expect(score).toBeLessThanOrEqual(obd[i]! * (1 + 1e-5) + 1e-12);
      }),
    );
  });

  test('no other weights that stay do better, and those that go are 0', () => {
    fc.assert(
      fc.property(layer, (own) => {
        const curvature = curvatureFor(own);
        const best = obsAdjusted(own.weights, own.kept, curvature);
        const other = best.map((weight, i) => (own.kept[i] === 1 ? weight + 0.1 * own.nudge[i]! : weight));
        expect(cost(curvature, own.weights, best)).toBeLessThanOrEqual(cost(curvature, own.weights, other) + 1e-5);
        for (const [i, keep] of own.kept.entries()) if (keep === 0) expect(best[i]).toBe(0);
      }),
    );
  });

  test('the score is the cost of the adjusted weights when one goes', () => {
    fc.assert(
      fc.property(layer, fc.nat(), (own, n) => {
        const [curvature, q] = [curvatureFor(own), n % own.inputs];
        const kept = new Uint8Array(own.inputs).fill(1).fill(0, q, q + 1);
        const found = cost(curvature, own.weights, obsAdjusted(own.weights, kept, curvature));
        expect(found).toBeCloseTo(obsScores(own.weights, curvature)[q]!, 4);
      }),
    );
  });
});
