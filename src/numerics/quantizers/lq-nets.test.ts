import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillNormal } from '../random/rng';
import { scaleGrid } from '../scales/scale-grid';
import { basisCodes, basisLevels, decodeBasis, fitBasis, initialBasis, type LowBit, movedBasis, refitBasis } from './lq-nets';

const one = (count: number) => scaleGrid([count, 1], 'tensor');

function error(x: Float32Array, basis: Float32Array, bits: number, low: LowBit): number {
  const codes = basisCodes(x, basis, bits, one(x.length), low);
  return decodeBasis(codes, basis, bits, one(x.length), low).reduce((sum, v, i) => sum + (v - x[i]!) ** 2, 0);
}

describe('known answers', () => {
  test('levels of v = (1, 3): −4, −2, 2, 4 for weights, 0, 1, 3, 4 for activations', () => {
    const weights = basisLevels(Float32Array.of(1, 3), 2, -1);
    expect([...weights.levels]).toEqual([-4, -2, 2, 4]);
    expect([...weights.codes]).toEqual([0, 1, 2, 3]);
    const activations = basisLevels(Float32Array.of(1, 3), 2, 0);
    expect([...activations.levels]).toEqual([0, 1, 3, 4]);
  });

  test('a basis out of order still finds the nearest level', () => {
    const { levels, codes } = basisLevels(Float32Array.of(3, -1), 2, -1);
    expect([...levels]).toEqual([-4, -2, 2, 4]);
    expect([...codes]).toEqual([2, 0, 3, 1]);
    expect([...basisCodes(Float32Array.of(-9, -3, 0.1, 3.1), Float32Array.of(3, -1), 2, one(4))]).toEqual([2, 2, 3, 1]);
  });

  test('one bit: least squares is the mean magnitude', () => {
    const w = Float32Array.of(0.9, -0.1, 0.35, -0.6, 0.05, -1.2);
    const codes = basisCodes(w, Float32Array.of(0.5), 1, one(6));
    expect([...codes]).toEqual([1, 0, 1, 0, 1, 0]);
    expect(refitBasis(w, codes, Float32Array.of(3.2 / 6), 1, one(6))[0]).toBeCloseTo(3.2 / 6, 6);
  });

  test('values that are sums of a basis give it back', () => {
    const basis = Float32Array.of(0.3, 1);
    const x = decodeBasis(Int32Array.of(0, 1, 2, 3, 0, 3, 1), basis, 2, one(7));
    const codes = basisCodes(x, basis, 2, one(7));
    const refit = refitBasis(x, codes, basis, 2, one(7));
    for (const [j, v] of basis.entries()) expect(refit[j]).toBeCloseTo(v, 5);
  });

  test('a step keeps 0.9 of the old basis', () => {
    // All weights are ±2: the least squares basis of one bit is 2, up to the ridge.
    const moved = movedBasis(Float32Array.of(2, -2, 2, 2), Float32Array.of(1), 1, one(4));
    expect(moved[0]).toBeCloseTo(0.9 + 0.1 * ((2 + 1e-4) / (1 + 1e-4)), 6);
  });

  test('the start of the published code', () => {
    // Weights with fan-in 100: σ = √0.02.
    const start = initialBasis(2, Math.sqrt(2 / 100), -1);
    expect(start[0]).toBeCloseTo((0.6745 * Math.sqrt(0.02)) / 2, 6);
    expect(start[1]).toBeCloseTo(0.6745 * Math.sqrt(0.02), 6);
    expect([...initialBasis(2, 1, 0)].map((v) => Number(v.toFixed(5)))).toEqual([0.44967, 0.89933]);
  });
});

describe('properties', () => {
  const numbers = fc
    .array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: 2, maxLength: 40 })
    .map((list) => Float32Array.from(list));

  test('an alternation never makes the squared error larger', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 4 }), fc.constantFrom<LowBit>(-1, 0), (x, bits, low) => {
        const start = initialBasis(bits, 1, low);
        const before = error(x, start, bits, low);
        const fitted = refitBasis(x, basisCodes(x, start, bits, one(x.length), low), start, bits, one(x.length), low);
        // The ridge adds λ |v − old|² for each value: what was best with it is best up to as much without it.
        expect(error(x, fitted, bits, low)).toBeLessThanOrEqual(before + 1e-4 * (1 + before));
      }),
    );
  });

  test('no other level is nearer', () => {
    fc.assert(
      fc.property(numbers, fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), (x, list) => {
        const basis = Float32Array.from(list);
        const { levels } = basisLevels(basis, 3, -1);
        const chosen = decodeBasis(basisCodes(x, basis, 3, one(x.length)), basis, 3, one(x.length));
        for (const [i, value] of x.entries())
          expect(Math.abs(chosen[i]! - value)).toBeLessThanOrEqual(Math.min(...levels.map((level) => Math.abs(level - value))) + 1e-5);
      }),
    );
  });
});

test('more bits fit normal weights better, close to the best levels of their number', () => {
  const x = new Float32Array(4000);
  fillNormal(x, 1, 1, 0);
  const mse = [1, 2, 3, 4].map((bits) => error(x, fitBasis(x, bits, one(x.length)), bits, -1) / x.length);
  // Lloyd–Max for a normal distribution: 0.3634, 0.1175, 0.0345, 0.0095; a basis has fewer degrees of freedom.
  expect(mse[0]).toBeCloseTo(0.363, 1);
  expect(mse[1]).toBeLessThan(0.13);
  expect(mse[2]).toBeLessThan(0.05);
  expect(mse[3]).toBeLessThan(0.02);
});

test('each block has its basis; a block of zeros has zeros', () => {
  const x = Float32Array.of(1, 0, -1, 0, 1, 0, -1, 0);
  const grid = scaleGrid([4, 2], 'channel');
  const basis = fitBasis(x, 1, grid);
  expect(basis[0]).toBeCloseTo(1, 5);
  expect(basis[1]).toBe(0);
});
