import fc from 'fast-check';
import { expect, test } from 'vitest';
import { householderQr, multiplyByQ, rowOfR } from './householder';

test('3, 4 is reflected onto an axis: R is ∓5, and Q brings it back', () => {
  const qr = householderQr([Float64Array.of(3, 4), Float64Array.of(1, 2)]);
  expect(qr.diagonal[0]).toBe(-5);
  // Q = −(3, 4) / 5 and a direction at right angles to it, so that R above the diagonal is −(3 · 1 + 4 · 2) / 5.
  expect(rowOfR(qr, 0)[1]).toBeCloseTo(-11 / 5, 14);
  expect(Math.abs(rowOfR(qr, 1)[1]!)).toBeCloseTo(2 / 5, 14);
  expect(rowOfR(qr, 1)[0]).toBe(0);
  const axis = Float64Array.of(1, 0);
  multiplyByQ(qr, axis);
  expect(axis[0]).toBeCloseTo(-0.6, 14);
  expect(axis[1]).toBeCloseTo(-0.8, 14);
});

test('a column of zeros is left alone', () => {
  const qr = householderQr([Float64Array.of(0, 0), Float64Array.of(0, 2)]);
  expect([...rowOfR(qr, 0)]).toEqual([0, 0]);
  expect(qr.tau[0]).toBe(0);
});

const tall = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 5 }))
  .chain(([columns, more]) =>
    fc.array(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: columns + more, maxLength: columns + more }), {
      minLength: columns,
      maxLength: columns,
    }),
  )
  .map((lists) => lists.map((list) => Float64Array.from(list)));

test('Q R is the matrix, and Q keeps lengths', () => {
  fc.assert(
    fc.property(tall, (matrix) => {
      const rows = matrix[0]!.length;
      const qr = householderQr(matrix.map((column) => column.slice()));
      const r = matrix.map((_, j) => rowOfR(qr, j));
      matrix.forEach((column, j) => {
        const y = new Float64Array(rows);
        r.forEach((row, i) => {
          y[i] = row[j]!;
        });
        multiplyByQ(qr, y);
        column.forEach((value, i) => {
          expect(y[i]).toBeCloseTo(value, 11);
        });
      });
      const unit = new Float64Array(rows).fill(1);
      multiplyByQ(qr, unit);
      expect(unit.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(rows, 11);
    }),
  );
});
