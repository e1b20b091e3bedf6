import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { bias, codebook, dense } from '../testing/small-tensors';
import { notes, sparseTensors } from '../testing/stored-tensors';
import { decodeEncoding } from './encoding';
import { decodeTensor, readModelFile, writeModelFile } from './model-file';
import { payloadOf } from './model-file-payload';
import { type StoredTensor, type Support, type WithoutKept, withSupport } from './stored-tensor';

const sparse = (tensor: StoredTensor, support: WithoutKept<Support>, ...kept: number[]): StoredTensor => ({
  ...tensor,
  ...withSupport(tensor.encoding, Uint8Array.from(kept), support),
});
const bytesOf = (tensor: StoredTensor) => payloadOf(tensor).map(({ name, kind, bytes }) => [name, kind, [...bytes]]);

/** A row of 16 floats of which three are kept: figure 2 of Han et al. 2016. */
const figure2: StoredTensor = {
  name: 'w',
  role: 'weight',
  shape: [16],
  encoding: { kind: 'float32', values: Float32Array.from({ length: 16 }, (_, i) => ({ 1: 3.4, 4: 0.9, 15: 1.7 })[i] ?? 0) },
};
const keptOfFigure2 = Array.from({ length: 16 }, (_, i) => ([1, 4, 15].includes(i) ? 1 : 0));

/** Saad, Iterative Methods for Sparse Linear Systems (2003), section 3.4: 5 × 5, twelve entries 1 … 12, counted from 0. */
const saad = [
  [1, 0, 0, 2, 0],
  [3, 4, 0, 5, 0],
  [6, 0, 7, 8, 9],
  [0, 0, 10, 11, 0],
  [0, 0, 0, 0, 12],
].flat();
const matrix: StoredTensor = {
  name: 'a',
  role: 'weight',
  shape: [5, 5],
  encoding: { kind: 'uniform', bits: 5, codes: Int32Array.from(saad), scales: Float32Array.of(1) },
};
const keptOfSaad = saad.map((value) => (value === 0 ? 0 : 1));

/** Numbers of a few bits, the first in the lowest bits of the first byte. */
function packed(bits: number, ...numbers: number[]): number[] {
  const bytes = new Array<number>(Math.ceil((bits * numbers.length) / 8)).fill(0);
  numbers.forEach((number, i) => {
    for (let bit = 0; bit < bits; bit++)
      if ((number >> bit) & 1) bytes[(i * bits + bit) >> 3] = (bytes[(i * bits + bit) >> 3] as number) | (1 << ((i * bits + bit) & 7));
  });
  return bytes;
}

describe('known answers', () => {
  test('relative index: gaps − 1 in 3 bits, a filler without a value', () => {
    expect(bytesOf(sparse(figure2, { kind: 'relative', bits: 3 }, ...keptOfFigure2))).toEqual([
      ['w index: bits and entries', 'indices', [3, 4]],
      ['w gaps, 3 bits', 'indices', packed(3, 1, 2, 7, 2)],
      ['w fillers, 1 bit for each largest gap', 'indices', [1]],
      ['w, float32', 'floats', [...new Uint8Array(Float32Array.of(3.4, 0.9, 1.7).buffer)]],
    ]);
  });

  test('compressed sparse rows: 2a + n + 1 numbers', () => {
    expect(bytesOf(sparse(matrix, { kind: 'csr' }, ...keptOfSaad))).toEqual([
      ['a bits of a pointer', 'indices', [4]],
      ['a row pointers, 6 × 4 bits', 'indices', packed(4, 0, 2, 5, 9, 11, 12)],
      ['a columns, 3 bits', 'indices', packed(3, 0, 3, 0, 1, 3, 0, 2, 3, 4, 2, 3, 4)],
      ['a scale, float32', 'scales', [0, 0, 0x80, 0x3f]],
      ['a codes, 5 bits', 'codes', packed(5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)],
    ]);
  });

  test('compressed sparse columns: values go column by column', () => {
    expect(bytesOf(sparse(matrix, { kind: 'csc' }, ...keptOfSaad)).slice(1)).toEqual([
      ['a column pointers, 6 × 4 bits', 'indices', packed(4, 0, 3, 4, 6, 10, 12)],
      ['a rows, 3 bits', 'indices', packed(3, 0, 1, 2, 1, 2, 3, 0, 1, 2, 3, 2, 4)],
      ['a scale, float32', 'scales', [0, 0, 0x80, 0x3f]],
      ['a codes, 5 bits', 'codes', packed(5, 1, 3, 6, 4, 7, 10, 2, 5, 8, 11, 9, 12)],
    ]);
  });

  test('Huffman: lengths 1, 3, 3, 3, 4, 4, in a table of the counts of lengths and the codes in order', () => {
    const codes = Int32Array.from([45, 13, 12, 16, 9, 5].flatMap((n, code) => new Array<number>(n).fill(code)));
    const [, table, coded] = bytesOf({
      name: 't',
      role: 'weight',
      shape: [100],
      encoding: { kind: 'codebook', bits: 3, codes, levels: new Float32Array(8), codebooks: 1 },
      coder: 'huffman',
    });
    expect(table).toEqual(['t code table of the codes', 'codeTables', [4, 1, 0, 3, 2, ...packed(3, 0, 1, 2, 3, 4, 5)]]);
    expect(coded?.slice(0, 2)).toEqual(['t codes, Huffman, 2.24 bits each', 'codes']);
    expect(coded?.[2]).toHaveLength(224 / 8);
  });
});

describe('any support with any coder', () => {
  it('is undone by readModelFile, and the ledger counts every bit of the file', () => {
    fc.assert(
      fc.property(notes, sparseTensors, (meta, list) => {
        const { bytes, ledger } = writeModelFile(meta, list);
        const read = readModelFile(bytes);
        expect(read).toEqual({ meta, tensors: list });
        expect(writeModelFile(meta, read.tensors).bytes).toEqual(bytes);
        expect(ledger.parts.reduce((a, part) => a + part.bits, 0)).toBe(bytes.length * 8);
        for (const tensor of read.tensors) {
          const all = decodeEncoding((list.find(({ name }) => name === tensor.name) as StoredTensor).encoding, tensor.shape);
          const kept = tensor.support?.kept;
          expect([...decodeTensor(tensor)]).toEqual(Array.from(all, (value, i) => (kept?.[i] === 0 ? 0 : value)));
        }
      }),
    );
  });

  it('stores no entry of a tensor that is pruned entirely', () => {
    for (const kind of ['csr', 'csc', 'bitmask'] as const) {
      const { bytes } = writeModelFile({}, [{ ...sparse(matrix, { kind }, ...new Array<number>(25).fill(0)), coder: 'huffman' }]);
      expect([...decodeTensor(readModelFile(bytes).tensors[0] as StoredTensor)]).toEqual(new Array(25).fill(0));
    }
  });

  it('refuses an index that has no bits', () => {
    for (const bits of [0, 17, 2.5])
      expect(() => writeModelFile({}, [sparse(figure2, { kind: 'relative', bits }, ...keptOfFigure2)])).toThrow('1 to 16 can be stored');
  });

  it('refuses more numbers than a reader may be asked for', () => {
    const encoding = { kind: 'float32', values: new Float32Array(2 ** 23) } as const;
    expect(() => writeModelFile({}, [{ ...bias, shape: [2 ** 23], encoding }])).toThrow(
      'A model file holds at most 8,388,607 numbers, not 8,388,608.',
    );
  });
});

test('a coder writes codes of every sign', () => {
  for (const tensor of [dense, codebook]) {
    const { bytes } = writeModelFile({}, [{ ...tensor, coder: 'huffman' }]);
    expect(readModelFile(bytes).tensors).toEqual([{ ...tensor, coder: 'huffman' }]);
  }
});
