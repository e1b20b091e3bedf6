import { describe, expect, test } from 'vitest';
import { basisSums } from './encodings/basis';
import { levelOrder } from './level-order';

describe('level order', () => {
  test('uniform codes are their own order, counted from the zero-point', () => {
    const codes = Int32Array.of(-3, 0, 2, 1);
    const scales = Float32Array.of(0.1);
    expect(levelOrder({ kind: 'uniform', bits: 3, codes, scales }, [2, 2])).toBe(codes);
    const zeroPoints = Int32Array.of(1, -2);
    const grouped = { kind: 'uniform', bits: 3, codes, scales: Float32Array.of(1, 1), zeroPoints, granularity: 'channel' } as const;
    expect([...levelOrder(grouped, [2, 2])!]).toEqual([-4, 2, 1, 3]);
  });

  test('codes of a codebook are ranked by their values, book by book', () => {
    const levels = Float32Array.of(0.5, -1, 0, /* second book */ -2, 3, 1);
    const codes = Int32Array.of(0, 0, 1, 1, 2, 2);
    const one = { kind: 'codebook', bits: 2, codes, levels: levels.subarray(0, 3), books: 1 } as const;
    expect([...levelOrder(one, [3, 2])!]).toEqual([2, 2, 0, 0, 1, 1]);
    const two = { kind: 'codebook', bits: 2, codes, levels, books: 2, granularity: 'channel' } as const;
    expect([...levelOrder(two, [3, 2])!]).toEqual([2, 0, 0, 2, 1, 1]);
  });

  test('a basis of 2 bits has four levels', () => {
    expect([...basisSums(Float32Array.of(1, 2))]).toEqual([-3, -1, 1, 3]);
    const basis = Float32Array.of(2, 1);
    const codes = Int32Array.of(0, 1, 2, 3);
    expect([...levelOrder({ kind: 'basis', bits: 2, codes, basis }, [2, 2])!]).toEqual([0, 2, 1, 3]);
  });

  test('bit patterns of a format go by sign and magnitude', () => {
    const codes = Int32Array.of(0, 7, 8, 9, 15);
    expect([...levelOrder({ kind: 'format', format: 'e2m1', bits: 4, codes }, [5, 1])!]).toEqual([0, 7, 0, -1, -7]);
  });

  test('floats have no levels', () => {
    expect(levelOrder({ kind: 'float32', values: new Float32Array(2) }, [2])).toBeNull();
  });
});
