import { expect, test } from 'vitest';
import { writeModelFile } from '../container/model-file';
import { scaleGrid, scaleOf } from '../scales/scale-grid';
import { type NestedScales, nestedValues } from './nested-scale';
import { nestedEncoding } from './uniform-encodings';

const nested = (scales: number[], length: number): NestedScales => ({
  grid: scaleGrid([scales.length, length / scales.length], { axis: 0 }),
  scales: Float32Array.from(scales),
  rounding: 'floor',
});

/** Weights whose codes are these, with scale 1. */
function encoded(codes: number[]) {
  const encoding = nestedEncoding(Float32Array.from(codes), nested([1], codes.length), { axis: 0 });
  if (encoding.kind !== 'uniform') throw new Error('Expected codes.');
  return encoding;
}

test('as many bits as the range needs: 24 values 5, 9 values 4, 55 values 6', () => {
  expect(encoded([-12, 11]).bits).toBe(5);
  expect(encoded([-6, 2]).bits).toBe(4);
  expect(encoded([-22, 32]).bits).toBe(6);
  expect(encoded([0, 0]).bits).toBe(1);
  expect(encoded([-1, 0])).toMatchObject({ bits: 1, codes: Int32Array.of(-1, 0) });
  expect(encoded([-20904, 22105]).bits).toBe(16);
});

test('a zero-point only where two’s complement does not hold the codes', () => {
  expect(encoded([-8, 7]).zeroPoints).toBeUndefined();
  // −2 … 9 are 12 values: 4 bits, moved down by 6.
  expect(encoded([-2, 9])).toMatchObject({ bits: 4, codes: Int32Array.of(-8, 3), zeroPoints: Int32Array.of(-6) });
});

test('decoding gives what the network saw', () => {
  const latent = Float32Array.of(0.3, -0.2, 0.05, 0, 1.7, 2.6);
  const layer = nested([0.1, 0.03], 6);
  const encoding = nestedEncoding(latent, layer, { axis: 0 });
  if (encoding.kind !== 'uniform') throw new Error('Expected codes.');
  const { codes, scales, zeroPoints } = encoding;
  const decoded = codes.map((code, i) => code - (zeroPoints?.[scaleOf(layer.grid, i)] ?? 0));
  expect(Float32Array.from(decoded, (code, i) => scales[scaleOf(layer.grid, i)]! * code)).toEqual(nestedValues(latent, layer));
});

test('weights too large for 24 bits stay floats', () => {
  const layer = nested([2 ** -20], 2);
  expect(nestedEncoding(Float32Array.of(100, -1), layer, { axis: 0 }).kind).toBe('float32');
});

test('a scale for each of 784 inputs takes 5 % of what the codes of 5 bits take', () => {
  const shape = [784, 128];
  const latent = Float32Array.from({ length: 784 * 128 }, (_, i) => (i % 20) - 10);
  const encoding = nestedEncoding(latent, nested(new Array(784).fill(1), latent.length), { axis: 0 });
  const { parts } = writeModelFile({}, [{ name: 'fc1/kernel', role: 'weight', shape, encoding }]).ledger;
  expect(parts.filter(({ tensor }) => tensor !== '').map(({ kind, bits }) => [kind, bits])).toEqual([
    ['scales', 25_088],
    ['codes', 501_760],
  ]);
});
