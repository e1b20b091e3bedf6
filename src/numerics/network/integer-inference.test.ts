import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { clampOf, fixedMultiplier, integerDense, integerMatMul, requantize, requantizeOnce } from './integer-inference';

describe('requantization, known answers', () => {
  it.each([
    [0.5, 1073741824, 0, [3, 2], [5, 3], [-5, -2]],
    [0.25, 1073741824, 1, [2, 1], [3, 1], [5, 2], [-5, -1]],
    [1 / 3, 1431655765, 1, [1, 1], [1000, 334], [123456, 41152]],
  ])('M = %f', (factor, multiplier, shift, ...answers) => {
    const fixed = fixedMultiplier(factor);
    expect(fixed).toEqual({ multiplier, shift });
    for (const [from, to] of answers as [number, number][]) expect(requantize(from, fixed)).toBe(to);
  });

  it('rounding twice is not rounding once', () => {
    expect(requantizeOnce(1, fixedMultiplier(1 / 3))).toBe(0);
    expect(requantizeOnce(1000, fixedMultiplier(1 / 3))).toBe(333);
    expect(requantizeOnce(-5, fixedMultiplier(0.5))).toBe(-3);
  });

  it('a factor just below a power of two has the multiplier one half', () => {
    expect(fixedMultiplier(0.5 - 2 ** -40)).toEqual({ multiplier: 2 ** 30, shift: 0 });
    expect(fixedMultiplier(1 - 2 ** -40)).toEqual({ multiplier: 2 ** 31 - 1, shift: 0 });
    for (const factor of [0, 1, -0.5, Number.NaN]) expect(() => fixedMultiplier(factor)).toThrow(RangeError);
  });

  it('stays within one of the exact product, and once within half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        fc.double({ min: 1e-6, max: 1, maxExcluded: true, noNaN: true }),
        (sum, factor) => {
          const fixed = fixedMultiplier(factor);
          const exact = sum * (fixed.multiplier / 2 ** (31 + fixed.shift));
          expect(fixed.multiplier).toBeGreaterThanOrEqual(2 ** 30);
          expect(fixed.multiplier).toBeLessThan(2 ** 31);
          expect(fixed.multiplier / 2 ** (31 + fixed.shift)).toBeCloseTo(factor, 9);
          expect(Math.abs(requantize(sum, fixed) - exact)).toBeLessThanOrEqual(1.0001);
          expect(Math.abs(requantizeOnce(sum, fixed) - exact)).toBeLessThanOrEqual(0.5001);
        },
      ),
    );
  });
});

const codes = (n: number) =>
  fc.array(fc.integer({ min: -128, max: 127 }), { minLength: n, maxLength: n }).map((list) => Int32Array.from(list));
const product = fc
  .record({ rows: fc.integer({ min: 1, max: 4 }), inner: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 4 }) })
  .chain(({ rows, inner, columns }) =>
    fc.record({
      inner: fc.constant(inner),
      columns: fc.constant(columns),
      a: fc.record({ codes: codes(rows * inner), zeroPoint: fc.integer({ min: -128, max: 127 }) }),
      b: fc.record({ codes: codes(inner * columns), zeroPoint: fc.integer({ min: -128, max: 127 }) }),
    }),
  );

test('the integer product is the product of the fake-quantized matrices', () => {
  fc.assert(
    fc.property(product, ({ a, b, inner, columns }) => {
      // Powers of two, so that the float side is exact.
      const [scaleA, scaleB] = [2 ** -5, 2 ** -7];
      const floatA = Float32Array.from(a.codes, (q) => scaleA * (q - a.zeroPoint));
      const floatB = Float32Array.from(b.codes, (q) => scaleB * (q - b.zeroPoint));
      for (const [i, sum] of integerMatMul(a, b, inner).entries()) {
        const [row, column] = [Math.floor(i / columns), i % columns];
        let expected = 0;
        for (let k = 0; k < inner; k++) expected += floatA[row * inner + k]! * floatB[k * columns + column]!;
        expect(sum * scaleA * scaleB).toBe(expected);
      }
    }),
  );
});

test('by hand: 2 × 2, with bias, ReLU and a scale for each column', () => {
  const a = { codes: Int32Array.of(1, 2, 3, 4), zeroPoint: 1 };
  const b = { codes: Int32Array.of(2, 0, 1, -1), zeroPoint: 0 };
  // (0 1 / 2 3) × (2 0 / 1 −1) = (1 −1 / 7 −3)
  expect([...integerMatMul(a, b, 2)]).toEqual([1, -1, 7, -3]);
  const output = { ...fixedMultiplier(0.5), zeroPoint: -3, min: -3, max: 127 };
  const bias = Int32Array.of(3, 0);
  expect([...integerDense(a, b, 2, bias, output)]).toEqual([-1, -3, 2, -3]);
  expect([...integerDense(a, b, 2, bias, [output, { ...output, min: -128 }])]).toEqual([-1, -3, 2, -4]);
});

describe('fused activations', () => {
  const int8 = { min: -128, max: 127 };

  it.each([
    ['none', 0.05, -128, -128, 127],
    ['relu', 0.05, -128, -128, 127],
    ['relu', 0.05, -3, -3, 127],
    // 6 is 120 steps of 0.05.
    ['relu6', 0.05, -128, -128, -8],
    ['relu6', 0.05, -3, -3, 117],
    // A scale of 6/255 spends every code between 0 and 6.
    ['relu6', 6 / 255, -128, -128, 127],
    // 6 lies beyond what the codes reach.
    ['relu6', 0.02, -128, -128, 127],
  ] as const)('%s, scale %d, zero-point %i', (activation, scale, zeroPoint, min, max) => {
    expect(clampOf(activation, { scale, zeroPoint }, int8)).toEqual({ min, max });
  });

  it('by hand: ReLU6 ends at the code of 6', () => {
    // Scales 0.5 and 0.25, output scale 0.25: M = 0.5. Sums 80, −8 and 36 represent 10, −1 and 4.5.
    const a = { codes: Int32Array.of(8), zeroPoint: 0 };
    const b = { codes: Int32Array.of(10, -1, 4), zeroPoint: 0 };
    const output = { scale: 0.25, zeroPoint: -100 };
    const codes = integerDense(a, b, 1, Int32Array.of(0, 0, 4), {
      ...fixedMultiplier(0.5),
      zeroPoint: output.zeroPoint,
      ...clampOf('relu6', output, int8),
    });
    expect([...codes]).toEqual([-76, -100, -82]);
    expect([...codes].map((code) => (code - output.zeroPoint) * output.scale)).toEqual([6, 0, 4.5]);
  });
});

test('sums beyond 32 bits and shapes that do not fit are refused', () => {
  const large = { codes: Int32Array.of(2 ** 16), zeroPoint: 0 };
  expect(() => integerMatMul(large, large, 1)).toThrow('The sum 4294967296 does not fit in 32 bits.');
  expect(() => integerMatMul({ codes: new Int32Array(3), zeroPoint: 0 }, large, 2)).toThrow('no inner dimension of 2');
});
