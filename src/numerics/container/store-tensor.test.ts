import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodingsOf } from '../testing/stored-tensors';
import { decodeTensor, writeModelFile } from './model-file';
import { storedBytes, storeTensor, type TensorStorage } from './store-tensor';
import type { Encoding } from './stored-tensor';

const ways: readonly TensorStorage[] = [
  {},
  { coder: 'huffman' },
  { support: { kind: 'bitmask' } },
  { support: { kind: 'csr' } },
  { support: { kind: 'csc' }, coder: 'huffman' },
  { support: { kind: 'relative', bits: 3 } },
];
const codes = (...list: number[]): Encoding => ({
  kind: 'uniform',
  bits: 4,
  codes: Int32Array.from(list),
  scales: Float32Array.of(1),
});

describe('one way', () => {
  it('uses a support only for tensors that are pruned, and a coder only where there is a list of integers', () => {
    const floats: Encoding = { kind: 'float32', values: Float32Array.of(1, 0) };
    const relative = { support: { kind: 'relative', bits: 3 }, coder: 'huffman' } as const;
    expect(storeTensor(floats, [2], undefined, relative)).toEqual({ encoding: floats });
    expect(storeTensor(floats, [2], Uint8Array.of(1, 0), { coder: 'huffman' })).toEqual({ encoding: floats });
    expect(storeTensor(floats, [2], Uint8Array.of(1, 0), relative)).toMatchObject({ support: { kind: 'relative' }, coder: 'huffman' });
    expect(storeTensor(codes(1, 2), [2], undefined, relative)).toEqual({ encoding: codes(1, 2), coder: 'huffman' });
  });

  it('may be another one for convolutions', () => {
    const choice = { support: { kind: 'relative', bits: 5 }, convolutions: { support: { kind: 'relative', bits: 8 } } } as const;
    const kept = Uint8Array.of(0, 1);
    expect(storeTensor(codes(0, 1), [2, 1], kept, choice).support).toMatchObject({ bits: 5 });
    expect(storeTensor(codes(0, 1), [1, 2, 1], kept, choice).support).toMatchObject({ bits: 8 });
  });

  it('adds a bitmask to a dense tensor whose codes have no 0', () => {
    const signs: Encoding = { kind: 'codebook', bits: 1, codes: Int32Array.of(0, 1), levels: Float32Array.of(-1, 1), codebooks: 1 };
    expect(storeTensor(signs, [2], Uint8Array.of(1, 0), {}).support).toMatchObject({ kind: 'bitmask' });
    expect(storeTensor(codes(3, 0), [2], Uint8Array.of(1, 0), {}).support).toBeUndefined();
  });
});

describe('the smallest of several ways', () => {
  const shape = [6, 5];
  const cases = fc.tuple(encodingsOf(shape), fc.option(fc.array(fc.nat(1), { minLength: 30, maxLength: 30 })));

  it('takes the fewest bytes in the file, and the values stay the same', () => {
    fc.assert(
      fc.property(cases, ([encoding, marks]) => {
        const kept = marks ? Uint8Array.from(marks) : undefined;
        const fileOf = (choice: Parameters<typeof storeTensor>[3]) => {
          const tensor = { name: 't', role: 'weight', shape, ...storeTensor(encoding, shape, kept, choice) } as const;
          return { tensor, length: writeModelFile({}, [tensor]).bytes.length };
        };
        const smallest = fileOf({ smallestOf: ways });
        expect(smallest.length).toBe(Math.min(...ways.map((way) => fileOf(way).length)));
        expect(decodeTensor(smallest.tensor)).toEqual(decodeTensor(fileOf(ways[2]).tensor));
        expect(smallest.length - fileOf(ways[0]).length).toBe(storedBytes(smallest.tensor) - storedBytes(fileOf(ways[0]).tensor));
      }),
    );
  });
});
