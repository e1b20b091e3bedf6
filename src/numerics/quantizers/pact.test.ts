import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pactGradients, pactRange, pactValues } from './pact';

test('known answers: α = 6, 2 bits, steps of 2', () => {
  const x = Float32Array.of(-1, 0, 0.9, 1.1, 3, 4.9, 5.1, 6, 9);
  const range = pactRange(2, false);
  // 3 is halfway, and goes to the even code 2.
  expect([...pactValues(x, 6, range)]).toEqual([0, 0, 0, 2, 4, 4, 6, 6, 6]);
  const { values, clip } = pactGradients(
    x,
    6,
    range,
    x.map((_, i) => i + 1),
  );
  expect([...values]).toEqual([0, 2, 3, 4, 5, 6, 7, 0, 0]);
  expect(clip).toBe(8 + 9);
});

test('known answers: inputs that may be negative, α = 3, 3 bits, steps of 1', () => {
  const x = Float32Array.of(-4, -3, -1.2, 0, 2.7, 3, 5);
  const range = pactRange(3, true);
  expect([...pactValues(x, 3, range)].map((v) => v + 0)).toEqual([-3, -3, -1, 0, 3, 3, 3]);
  const { values, clip } = pactGradients(x, 3, range, Float32Array.of(1, 2, 4, 8, 16, 32, 64));
  expect([...values]).toEqual([0, 0, 4, 8, 16, 0, 0]);
  expect(clip).toBe(32 + 64 - 1 - 2);
});

test('the gradient by α is the true one of the clipped activations, by differences', () => {
  const inputs = fc.array(fc.float({ min: -4, max: 12, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(inputs, fc.float({ min: 1, max: 8, noNaN: true }), fc.boolean(), (list, clip, signed) => {
      // Away from the kink.
      const x = Float32Array.from(list.filter((v) => Math.abs(Math.abs(v) - clip) > 0.1));
      const dy = x.map((_, i) => Math.sin(i + 1));
      const at = (alpha: number) => x.reduce((sum, v, i) => sum + dy[i]! * Math.max(signed ? -alpha : 0, Math.min(alpha, v)), 0);
      const found = pactGradients(x, clip, pactRange(4, signed), dy).clip;
      expect(found).toBeCloseTo((at(clip + 1e-3) - at(clip - 1e-3)) / 2e-3, 4);
    }),
  );
});

test('stays within the range, off by at most half a step inside', () => {
  fc.assert(
    fc.property(fc.float({ min: -4, max: 12, noNaN: true }), fc.integer({ min: 2, max: 8 }), fc.boolean(), (x, bits, signed) => {
      const range = pactRange(bits, signed);
      const y = pactValues(Float32Array.of(x), 6, range)[0]!;
      const clipped = Math.max(signed ? -6 : 0, Math.min(6, x));
      expect(Math.abs(y - clipped)).toBeLessThanOrEqual((3 / range.highest) * 1.0001);
    }),
  );
});
