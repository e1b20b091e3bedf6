import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pruneGradient } from './prune-gradient';

test('by hand: the root mean square of 1, −1, 7, 7 is 5', () => {
  const gradient = Float32Array.of(1, -1, 7, 7);
  expect([...pruneGradient(gradient, 0)]).toEqual([1, -1, 7, 7]);
  expect([...pruneGradient(gradient, 0.19)]).toEqual([1, -1, 7, 7]);
  expect([...pruneGradient(gradient, 0.21)]).toEqual([0, 0, 7, 7]);
  expect([...pruneGradient(gradient, 1.41)]).toEqual([0, 0, 0, 0]);
  expect([...pruneGradient(Float32Array.of(0, 0), 1)]).toEqual([0, 0]);
});

test('a normal gradient keeps the share that lies outside of ± τ standard deviations', () => {
  const gradient = Float32Array.from({ length: 20_000 }, (_, i) => {
    const [u, v] = [(i + 0.5) / 20_000, ((i * 0.6180339887) % 1) + 1e-9];
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  });
  const kept = pruneGradient(gradient, 1.645).filter((value) => value !== 0).length / gradient.length;
  expect(kept).toBeGreaterThan(0.09);
  expect(kept).toBeLessThan(0.11);
});

test('what stays is as it was and larger than all that goes; a larger τ keeps no more', () => {
  const values = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 3, noNaN: true }), (own, threshold) => {
      const gradient = Float32Array.from(own);
      const found = pruneGradient(gradient, threshold);
      const gone = gradient.filter((_, i) => found[i] === 0).map(Math.abs);
      const stays = gradient.filter((value, i) => found[i] === value && value !== 0).map(Math.abs);
      expect(gone.length + stays.length).toBe(gradient.length);
      expect(Math.min(...stays)).toBeGreaterThanOrEqual(Math.max(...gone, 0));
      const fewer = pruneGradient(gradient, threshold + 0.5);
      expect(fewer.filter((value) => value !== 0).length).toBeLessThanOrEqual(found.filter((value) => value !== 0).length);
    }),
  );
});
