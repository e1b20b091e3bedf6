import { describe, expect, it, test } from 'vitest';
import { bias, codebook, dense, fp4, signs } from '../testing/small-tensors';
import { levelOrder } from './encoding';
import { basisSums } from './encodings/basis';
import { decodeTensor } from './model-file';
import type { Encoding } from './stored-tensor';

describe('decodeTensor', () => {
  it('multiplies in float32', () => {
    const encoding: Encoding = { kind: 'uniform', bits: 8, codes: Int32Array.of(-127, 0, 3), scales: Float32Array.of(0.1) };
    const scale = Math.fround(0.1);
    expect([...decodeTensor({ ...dense, shape: [3], encoding })]).toEqual([Math.fround(-127 * scale), 0, Math.fround(3 * scale)]);
  });

  it('subtracts the zero-point', () => {
    const encoding: Encoding = {
      kind: 'uniform',
      bits: 8,
      codes: Int32Array.of(-128, -64, 127),
      scales: Float32Array.of(0.5),
      zeroPoints: Int32Array.of(-64),
    };
    expect([...decodeTensor({ ...dense, shape: [3], encoding })]).toEqual([-32, 0, 95.5]);
  });

  it('gives every block its own scale, codebook, basis or exponent', () => {
    const { encoding } = dense;
    const scales = { ...encoding, scales: Float32Array.of(1, 2), granularity: 'channel' } as Encoding;
    expect([...decodeTensor({ ...dense, encoding: scales })]).toEqual([-7, 0, 1, 4, 7, -2]);
    const zeroPoints = {
      ...encoding,
      scales: Float32Array.of(1, 2, 3),
      zeroPoints: Int32Array.of(0, 1, -1),
      granularity: { axis: 0 },
    } as Encoding;
    expect([...decodeTensor({ ...dense, encoding: zeroPoints })]).toEqual([-7, 0, 0, 2, 24, 0]);
    expect([...decodeTensor(codebook)]).toEqual([-1, 2, 0.5, 0]);
    const codebooks = {
      kind: 'codebook',
      bits: 1,
      codes: Int32Array.of(0, 0, 1, 1),
      levels: Float32Array.of(1, 2, 3, 4),
      codebooks: 2,
      granularity: 'channel',
    };
    expect([...decodeTensor({ ...codebook, encoding: codebooks as Encoding })]).toEqual([1, 3, 2, 4]);
    expect([...decodeTensor(signs)]).toEqual([-1.25, 1.5, -0.75, 2.5]);
    expect([...decodeTensor(fp4)]).toEqual([3, 4, -3, 8]); // 6, 0.5, −6, 1 times 2^−1 and 2^3
  });

  it('adds a basis in float32', () => {
    const encoding: Encoding = { kind: 'basis', bits: 3, codes: Int32Array.of(7), basis: Float32Array.of(1, 2 ** -24, 2 ** -24) };
    // In double precision the sum would be 1 + 2^−23.
    expect([...decodeTensor({ ...dense, shape: [1], encoding })]).toEqual([1]);
  });

  it('copies float32 values', () => {
    const values = decodeTensor(bias);
    expect([...values]).toEqual([0.25, -1]);
    expect(values.buffer).not.toBe((bias.encoding as { values: Float32Array }).values.buffer);
  });
});

describe('level order', () => {
  test('uniform codes are their own order, counted from the zero-point', () => {
    const codes = Int32Array.of(-3, 0, 2, 1);
    const scales = Float32Array.of(0.1);
    expect(levelOrder({ kind: 'uniform', bits: 3, codes, scales }, [2, 2])).toBe(codes);
    const zeroPoints = Int32Array.of(1, -2);
    const grouped = { kind: 'uniform', bits: 3, codes, scales: Float32Array.of(1, 1), zeroPoints, granularity: 'channel' } as const;
    expect([...levelOrder(grouped, [2, 2])!]).toEqual([-4, 2, 1, 3]);
  });

  test('codes of a codebook are ranked by their values, codebook by codebook', () => {
    const levels = Float32Array.of(0.5, -1, 0, /* second codebook */ -2, 3, 1);
    const codes = Int32Array.of(0, 0, 1, 1, 2, 2);
    const one = { kind: 'codebook', bits: 2, codes, levels: levels.subarray(0, 3), codebooks: 1 } as const;
    expect([...levelOrder(one, [3, 2])!]).toEqual([2, 2, 0, 0, 1, 1]);
    const two = { kind: 'codebook', bits: 2, codes, levels, codebooks: 2, granularity: 'channel' } as const;
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
