import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeEncoding } from '../../numerics/container/encoding';
import type { Encoding } from '../../numerics/container/stored-tensor';
import { encodingsOf } from '../../numerics/testing/stored-tensors';
import { storedLevels } from './stored-levels';

const levelsOf = (encoding: Encoding, shape: readonly number[]) => storedLevels({ name: 'w', role: 'weight', shape, encoding });

test('one scale: steps of it, counted from the zero-point', () => {
  const uniform = { kind: 'uniform', bits: 3, codes: Int32Array.of(-3, 1, 1, 0), scales: Float32Array.of(0.5) } as const;
  const levels = levelsOf(uniform, [2, 2]);
  expect(levels).toEqual({
    values: Float32Array.of(-1.5, 0, 0.5),
    counts: Uint32Array.of(1, 1, 2),
    bits: 3,
    kind: 'uniform',
    scale: 0.5,
    distinct: 3,
    possible: 7,
    zeros: 1,
  });
  const shifted = levelsOf({ ...uniform, zeroPoints: Int32Array.of(1) }, [2, 2]);
  expect(shifted?.values).toEqual(Float32Array.of(-2, -0.5, 0));
  expect([shifted?.zeros, shifted?.possible]).toEqual([2, 8]);
});

test('several scales, codebooks, bases and formats have no common step', () => {
  const codes = Int32Array.of(0, 1, 1, 0);
  const channels = levelsOf({ kind: 'uniform', bits: 2, codes, scales: Float32Array.of(1, 3), granularity: 'channel' }, [2, 2]);
  expect(channels).toMatchObject({ values: Float32Array.of(0, 1, 3), scale: null, possible: null, distinct: 3, zeros: 2 });
  const codebook = levelsOf({ kind: 'codebook', bits: 1, codes, levels: Float32Array.of(2, -1), codebooks: 1 }, [2, 2]);
  expect(codebook).toMatchObject({ kind: 'codebook', values: Float32Array.of(-1, 2), counts: Uint32Array.of(2, 2), possible: 2, zeros: 0 });
  expect(levelsOf({ kind: 'basis', bits: 1, codes, basis: Float32Array.of(0.5) }, [2, 2])).toMatchObject({
    values: Float32Array.of(-0.5, 0.5),
  });
  const format = levelsOf({ kind: 'format', format: 'e2m1', bits: 4, codes }, [2, 2]);
  expect(format).toMatchObject({ kind: 'format', values: Float32Array.of(0, 0.5), scale: null, possible: 15 });
  expect(levelsOf({ kind: 'float32', values: new Float32Array(4) }, [2, 2])).toBeNull();
});

test('many distinct values are counted in bins, zeros apart', () => {
  const codes = Int32Array.from({ length: 4001 }, (_, i) => i - 2000);
  const levels = levelsOf({ kind: 'uniform', bits: 12, codes, scales: Float32Array.of(0.001) }, [4001]);
  expect(levels).toMatchObject({ distinct: 4001, zeros: 1, scale: Math.fround(0.001) });
  expect(levels?.values).toHaveLength(241);
  expect(levels?.values[120]).toBe(0);
  expect(levels?.counts.reduce((a, b) => a + b)).toBe(4001);
});

test('every encoding: the values that the file decodes to, each weight counted once', () => {
  const shape = [2, 3, 4];
  fc.assert(
    fc.property(encodingsOf(shape), (encoding) => {
      const levels = levelsOf(encoding, shape);
      if (!levels) return;
      const decoded = decodeEncoding(encoding, shape);
      const numbers = decoded.filter((x) => !Number.isNaN(x));
      expect([...levels.values]).toEqual([...new Set(numbers.map((x) => x + 0))].sort((a, b) => a - b));
      expect(levels.counts.reduce((a, b) => a + b, 0)).toBe(numbers.length);
      expect(levels.zeros).toBe(decoded.filter((x) => x === 0).length);
    }),
  );
});
