import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { notes, sparseTensors } from '../testing/stored-tensors';
import { codeCounts, compareStorages } from './compare-storages';
import { decodeTensor, readModelFile, writeModelFile } from './model-file';
import { type StoredTensor, withSupport } from './stored-tensor';

const bitsOf = (tensors: readonly StoredTensor[]) =>
  Object.fromEntries(compareStorages({}, tensors).map(({ id, bits }) => [id, bits])) as Record<string, number>;

/** 100 × 100 codes of 4 bits, of which every tenth is kept. */
const kept = Uint8Array.from({ length: 10_000 }, (_, i) => (i % 10 === 9 ? 1 : 0));
const pruned: StoredTensor = {
  name: 'w',
  role: 'weight',
  shape: [100, 100],
  encoding: {
    kind: 'uniform',
    bits: 4,
    codes: Int32Array.from(kept, (mark, i) => mark * (1 + ((i / 10) & 3))),
    scales: Float32Array.of(0.5),
  },
};

describe('storages of one model', () => {
  it('are files of the same values, whose parts are all of their bits', () => {
    fc.assert(
      fc.property(notes, sparseTensors, (meta, tensors) => {
        const expected = tensors.map((tensor) => decodeTensor(tensor));
        for (const { bytes, bits, parts, id } of compareStorages(meta, tensors)) {
          expect(
            parts.reduce((sum, part) => sum + part.bits, 0),
            id,
          ).toBe(bits);
          if (!bytes) continue;
          expect(bits).toBe(bytes.length * 8);
          expect(readModelFile(bytes).tensors.map((tensor) => decodeTensor(tensor))).toEqual(expected);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('take what can be counted by hand', () => {
    const bits = bitsOf([pruned]);
    const codes = 1000 * 4;
    expect((bits.dense ?? 0) - (bits.bitmask ?? 0)).toBe(40_000 - 10_000 - codes - 3 * 8);
    // A distance of 10 needs 4 bits; a pointer up to 1,000 needs 10, a column below 100 needs 7.
    expect((bits.relative ?? 0) - (bits.bitmask ?? 0)).toBe(1000 * 4 + 3 * 8 - 10_000);
    expect((bits.csr ?? 0) - (bits.bitmask ?? 0)).toBe(8 + 8 * Math.ceil((101 * 10) / 8) + 7000 - 10_000);
    expect(bits.float32).toBeGreaterThan(320_000);
  });

  it('have a bound that no code and mask beat', () => {
    const row = compareStorages({}, [pruned]).find(({ id }) => id === 'entropy');
    const part = (kind: string) => row?.parts.find((own) => own.kind === kind)?.bits;
    expect(part('codes')).toBe(2000); // four codes, equally often
    expect(part('masks')).toBe(Math.ceil(10_000 * (0.1 * Math.log2(10) + 0.9 * Math.log2(10 / 9))));
    expect(row?.bytes).toBeUndefined();
  });

  it('do not depend on how the file stores them', () => {
    const sparse: StoredTensor = { ...pruned, ...withSupport(pruned.encoding, kept, { kind: 'relative', bits: 4 }), coder: 'huffman' };
    expect(readModelFile(writeModelFile({}, [sparse]).bytes).tensors).toEqual([sparse]);
    expect(bitsOf([sparse])).toEqual(bitsOf([pruned]));
  });
});

describe('a pruned tensor without a code for 0', () => {
  const dense = (encoding: StoredTensor['encoding']) => {
    const tensor = { ...pruned, ...withSupport(encoding, kept) };
    const row = compareStorages({}, [tensor]).find(({ id }) => id === 'dense');
    const [stored] = readModelFile(row?.bytes as Uint8Array).tensors as [StoredTensor];
    expect(stored.support).toBeUndefined();
    expect(decodeTensor(stored)).toEqual(decodeTensor(tensor));
    return { about: row?.about, encoding: stored.encoding, codeBits: row?.parts.find(({ kind }) => kind === 'codes')?.bits };
  };
  const four = Int32Array.from(kept, (_, i) => (i / 10) & 3);
  const book = (...levels: number[]) => dense({ kind: 'codebook', bits: 2, codes: four, levels: Float32Array.from(levels), codebooks: 1 });

  it('is dense with one level more: four levels and 0 need 3 bits per weight', () => {
    const { about, encoding, codeBits } = book(1, 2, 3, 4);
    expect(encoding).toMatchObject({ kind: 'codebook', bits: 3, levels: Float32Array.of(1, 2, 3, 4, 0) });
    expect(codeBits).toBe(30_000);
    expect(about).toBe('Every weight is stored, zeros included. A layer without a code for 0 gets a level 0 in its codebook.');
  });

  it('uses a level 0 that its codebook has', () => {
    const { about, codeBits } = book(1, 0, 3, 4);
    expect(codeBits).toBe(20_000);
    expect(about).toBe('Every weight is stored, zeros included.');
  });

  it('uses the zero-point of uniform codes, and lists the sums of a basis', () => {
    const scale = { scales: Float32Array.of(0.5), zeroPoints: Int32Array.of(-2) };
    expect(dense({ kind: 'uniform', bits: 3, codes: four, ...scale }).codeBits).toBe(30_000);
    const signs = four.map((code) => code & 1);
    const { encoding, codeBits } = dense({ kind: 'basis', bits: 1, codes: signs, basis: Float32Array.of(0.25) });
    expect(encoding).toMatchObject({ kind: 'codebook', levels: Float32Array.of(-0.25, 0.25, 0) });
    expect(codeBits).toBe(20_000);
  });
});

test('codes are counted in ascending order', () => {
  expect(codeCounts(Int32Array.of(2, -1, 2, 0))).toEqual([
    { code: -1, count: 1 },
    { code: 0, count: 1 },
    { code: 2, count: 2 },
  ]);
});
