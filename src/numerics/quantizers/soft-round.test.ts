import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEncoding } from '../container/encoding';
import { fillNormal } from '../random/rng';
import { roundHalfEven } from '../rounding/rounding';
import { fittedScales } from '../scales/fitted-scale';
import { scaleGrid } from '../scales/scale-grid';
import { numericalGradient } from '../testing/finite-differences';
import { softRound, softRoundSlope } from './annealed';
import { dsq, dsqCode, dsqFit, dsqPiece, dsqSharpness, dsqSlopes } from './dsq';
import { evenBasis } from './levels';

/** The values −c … c of b bits, as they are read from the file. */
function dsqLevels(c: number, b: number): Float32Array {
  const codes = Int32Array.from({ length: 2 ** b }, (_, code) => code);
  return decodeEncoding({ kind: 'basis', bits: b, codes, basis: evenBasis(c, b) }, [codes.length]);
}

/** Evenly spread, which doubles of fast-check are not. */
const spread = (min: number, max: number) => fc.integer({ min: min * 1e6, max: max * 1e6 }).map((n) => n / 1e6);
const number = spread(-20, 20);
const sharpness = spread(0.1, 30);
const alpha = spread(0.001, 0.5);
const range = spread(0.01, 10);
const bits = fc.integer({ min: 1, max: 8 });
const derivative = (f: (x: number) => number, x: number) => numericalGradient(([v]) => f(v as number), Float64Array.of(x))[0] as number;

describe('soft rounding', () => {
  it('by hand: a = 2 at 1.75 gives 1.5 + tanh(0.5) / (2 tanh 1)', () => {
    expect(softRound(1.75, 2)).toBeCloseTo(1.5 + 0.46211716 / (2 * 0.76159416), 7);
  });

  it('keeps whole and half numbers, stays within the step, and rises', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), number, number, sharpness, (n, x, y, a) => {
        expect(softRound(n, a)).toBeCloseTo(n, 12);
        expect(softRound(n + 0.5, a)).toBe(n + 0.5);
        expect(Math.abs(softRound(x, a) - x)).toBeLessThanOrEqual(0.5);
        expect(softRound(Math.min(x, y), a)).toBeLessThanOrEqual(softRound(Math.max(x, y), a) + 1e-12);
      }),
    );
  });

  it('is the identity at sharpness 0 and rounds at infinity', () => {
    fc.assert(
      fc.property(number, (x) => {
        expect(softRound(x, 1e-4)).toBeCloseTo(x, 6);
        fc.pre(Math.abs(x - Math.floor(x) - 0.5) > 0.02);
        expect(softRound(x, 2000)).toBeCloseTo(roundHalfEven(x), 9);
      }),
    );
  });

  it('has the slope that it says', () => {
    fc.assert(
      fc.property(number, sharpness, (x, a) => {
        fc.pre(Math.abs(x - Math.round(x)) > 1e-4);
        expect(softRoundSlope(x, a)).toBeCloseTo(
          derivative((v) => softRound(v, a), x),
          5,
        );
      }),
    );
  });
});

describe('differentiable soft quantization', () => {
  it('a piece reaches exactly -1 and 1 at the ends of its cell, and 0 in the middle', () => {
    fc.assert(
      fc.property(range, alpha, (width, a) => {
        expect(dsqPiece(-width / 2, width, a)).toBeCloseTo(-1, 12);
        expect(dsqPiece(0, width, a)).toBe(0);
        expect(dsqPiece(width / 2, width, a)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('is low + width × (cell + (φ + 1) / 2), and soft rounding by another name', () => {
    fc.assert(
      fc.property(spread(-0.999, 0.999), range, bits, alpha, (share, c, b, a) => {
        const x = share * c;
        const width = (2 * c) / (2 ** b - 1);
        const cell = Math.min(2 ** b - 2, Math.floor((x + c) / width));
        const middle = -c + (cell + 0.5) * width;
        const expected = -c + width * (cell + (dsqPiece(x - middle, width, a) + 1) / 2);
        // At the seams float32 may put x into the next cell, where the soft value is the same.
        expect(Math.abs(dsq(x, c, b, a) - expected)).toBeLessThan(1e-3 * width);
        expect(Math.tanh(dsqSharpness(a) / 2)).toBeCloseTo(1 - a, 12);
      }),
    );
  });

  it('two bits of c = 3: the values -3, -1, 1, 3; what lies outside takes the ends', () => {
    expect([...dsqLevels(3, 2)]).toEqual([-3, -1, 1, 3]);
    expect([-9, -2.5, -0.5, 0.5, 1.9, 9].map((x) => dsqCode(x, 3, 2))).toEqual([0, 0, 1, 2, 2, 3]);
    expect([...dsqLevels(0.5, 1)]).toEqual([-0.5, 0.5]);
  });

  it('is the hard quantizer as α goes to 0', () => {
    fc.assert(
      fc.property(number, range, bits, (x, c, b) => {
        const place = ((x / c + 1) * (2 ** b - 1)) / 2;
        fc.pre(Math.abs(place - Math.floor(place) - 0.5) > 0.05);
        expect(dsq(x, c, b, 1e-300)).toBeCloseTo(dsqLevels(c, b)[dsqCode(x, c, b)] as number, 5);
      }),
    );
  });

  it('has the slopes that it says, also by its range', () => {
    fc.assert(
      fc.property(spread(-1.5, 1.5), fc.integer({ min: 1, max: 3 }), spread(0.02, 0.5), (x, b, a) => {
        const place = ((x + 1) * (2 ** b - 1)) / 2;
        fc.pre(Math.abs(place - Math.round(place)) > 1e-2);
        // Finite differences need more digits than float32 has: of the same formula in double precision.
        const exact = (v: number, c: number) => {
          const last = 2 ** b - 1;
          const u = Math.max(0, Math.min(last, ((v / c + 1) * last) / 2));
          return c * ((2 * softRound(u, dsqSharpness(a))) / last - 1);
        };
        const slopes = dsqSlopes(x, 1, b, a);
        expect(slopes.x).toBeCloseTo(
          derivative((v) => exact(v, 1), x),
          4,
        );
        expect(slopes.range).toBeCloseTo(
          derivative((c) => exact(x, c), 1),
          4,
        );
      }),
    );
  });

  // Max 1960: least distortion of 2, 4 and 8 evenly spaced values for a normal number.
  it.each([
    [1, 0.3634],
    [2, 0.1188],
    [3, 0.03744],
  ])('%d bits of normal weights: error %d', (b, expected) => {
    const values = new Float32Array(100_000);
    fillNormal(values, 4, 6, 0);
    const c = fittedScales(values, scaleGrid([values.length, 1], 'tensor'), dsqFit('fit', b))[0] as number;
    const levels = dsqLevels(c, b);
    const error = values.reduce((sum, x) => sum + (x - (levels[dsqCode(x, c, b)] as number)) ** 2, 0) / values.length;
    expect(Math.abs(error / expected - 1)).toBeLessThan(0.02);
  });

  it('refuses other bits and other α', () => {
    for (const b of [0, 9, 1.5]) expect(() => dsqCode(1, 1, b)).toThrow(RangeError);
    for (const a of [0, 1, -1, Number.NaN]) expect(() => dsqSharpness(a)).toThrow(RangeError);
  });
});
