import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clippedCodes, narrowRange } from '../scales/clipped-codes';
import { scaleGrid } from '../scales/scale-grid';
import { type Interval, qilCodes, qilGradients, qilTransform, SMALLEST_DISTANCE, wholeInterval } from './qil';

/** Pruned below 1, clipped above 5. */
const interval = { centre: 3, distance: 2, power: 1 };

describe('known answers', () => {
  it('pruned below c − d, clipped above c + d, a straight line between', () => {
    expect([0, 0.9, 1, 2, 3, 4, 5, 7].map((x) => qilTransform(x, interval))).toEqual([0, 0, 0, 0.25, 0.5, 0.75, 1, 1]);
    expect([1, 2, 3, 5].map((x) => qilTransform(x, { ...interval, power: 2 }))).toEqual([0, 0.0625, 0.25, 1]);
  });

  it('codes of 3 bits: thirds of the interval, with the sign', () => {
    // 2 is a quarter: 0.75 rounds to 1. 3 is a half: 1.5 goes to the even 2.
    expect([...qilCodes(Float32Array.of(-9, -3, -1, 0, 1.5, 2, 3, 6), interval, 3)].map((c) => c + 0)).toEqual([-3, -2, 0, 0, 0, 1, 2, 3]);
    expect(() => qilCodes(Float32Array.of(Number.NaN), interval, 3)).toThrow(RangeError);
  });

  it('gradients, by hand: α = 2, highest code 3', () => {
    const x = Float32Array.of(-4, 2, 0.5, 6);
    const dy = Float32Array.of(1, 10, 100, 1000);
    const found = qilGradients(x, interval, 3, 2, dy);
    // Slope α / 2d = 0.5 inside.
    expect([...found.values]).toEqual([0.5, 5, 0, 0]);
    expect(found.centre).toBeCloseTo(0.5 - 5, 6);
    // −slope · (|x| − c) / d · sign: −0.5 · 0.5 · −1 and −0.5 · −0.5 · 10
    expect(found.distance).toBeCloseTo(0.25 + 2.5, 6);
    expect(found.power).toBeCloseTo(-2 * 0.75 * Math.log(0.75) + 10 * 2 * 0.25 * Math.log(0.25), 5);
    // Codes −2, 1, 0, 3 of 3.
    expect(found.scale).toBeCloseTo(-2 / 3 + 10 / 3 + 1000, 3);
  });

  it('an interval from 0 is the uniform quantizer of that range', () => {
    const x = Float32Array.from({ length: 41 }, (_, i) => (i - 20) / 7.3);
    const whole = wholeInterval(2);
    expect(whole).toEqual({ centre: 1, distance: 1, power: 1 });
    expect(qilCodes(x, whole, 7).map((c) => c + 0)).toEqual(
      clippedCodes(x, Float32Array.of(2 / 7), scaleGrid([41], 'tensor'), narrowRange(4)),
    );
    expect(wholeInterval(0).distance).toBe(SMALLEST_DISTANCE);
  });
});

const intervals: fc.Arbitrary<Interval> = fc.record({
  centre: fc.double({ min: 0.3, max: 2, noNaN: true }),
  distance: fc.double({ min: 0.2, max: 1, noNaN: true }),
  power: fc.double({ min: 0.5, max: 2, noNaN: true }),
});

describe('properties', () => {
  it('codes are odd in x, grow with |x| and stay within the limits', () => {
    const list = fc.array(fc.float({ min: 0, max: 4, noNaN: true }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(list, intervals, fc.integer({ min: 1, max: 15 }), (magnitudes, given, highest) => {
        const sorted = Float32Array.from(magnitudes).sort();
        const codes = qilCodes(sorted, given, highest);
        for (let i = 1; i < codes.length; i++) expect(codes[i]).toBeGreaterThanOrEqual(codes[i - 1]!);
        expect(codes[0]).toBeGreaterThanOrEqual(0);
        expect(codes.at(-1)).toBeLessThanOrEqual(highest);
        expect(
          qilCodes(
            sorted.map((x) => -x),
            given,
            highest,
          ),
        ).toEqual(codes.map((code) => 0 - code));
      }),
    );
  });

  it('the gradients are the true ones of the transformer, by differences', () => {
    /** The transformer in double precision. */
    const transformed = (x: number, { centre, distance, power }: Interval) =>
      Math.sign(x) * Math.max(0, Math.min(1, (Math.abs(x) * 0.5) / distance + 0.5 - (0.5 * centre) / distance)) ** power;
    fc.assert(
      fc.property(fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 1, maxLength: 20 }), intervals, (list, given) => {
        const lower = given.centre - given.distance;
        // Away from the kinks.
        const x = Float32Array.from(
          list.filter(
            (v) =>
              Math.abs(v) > 0.05 && Math.abs(Math.abs(v) - lower) > 0.05 && Math.abs(Math.abs(v) - given.centre - given.distance) > 0.01,
          ),
        );
        const dy = x.map((_, i) => Math.sin(i + 1));
        const at = (change: Partial<Interval>) => x.reduce((sum, v, i) => sum + 0.7 * dy[i]! * transformed(v, { ...given, ...change }), 0);
        const found = qilGradients(x, given, 7, 0.7, dy);
        for (const key of ['centre', 'distance', 'power'] as const) {
          const slope = (at({ [key]: given[key] + 1e-5 }) - at({ [key]: given[key] - 1e-5 })) / 2e-5;
          expect(Math.abs(found[key] - slope)).toBeLessThan(1e-3 * (1 + Math.abs(slope)));
        }
        for (const [i, v] of x.entries()) {
          const slope = (0.7 * dy[i]! * (transformed(v + 1e-5, given) - transformed(v - 1e-5, given))) / 2e-5;
          expect(Math.abs(found.values[i]! - slope)).toBeLessThan(1e-3 * (1 + Math.abs(slope)));
        }
      }),
    );
  });
});
