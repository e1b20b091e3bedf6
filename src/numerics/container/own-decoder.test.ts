import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeByDocument } from '../testing/own-decoder';
import { encodingsOf } from '../testing/stored-tensors';
import { decodeTensor, writeModelFile } from './model-file';
import { type StoredTensor, type Support, type WithoutKept, withSupport } from './stored-tensor';

it('a decoder that is written from docs/FORMAT.md alone reads what the program writes', () => {
  const supports: readonly (WithoutKept<Support> | null)[] = [
    ...[null, { kind: 'bitmask' }, { kind: 'csr' }, { kind: 'csc' }, { kind: 'relative', bits: 2 }, { kind: 'relative', bits: 5 }],
  ] as never;
  const tensor = fc.constantFrom<number[][]>([4, 3], [2, 3, 2, 5], [7], [9, 1]).chain((shape) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const encodings = encodingsOf(shape).filter(
      (own) => ['float32', 'uniform', 'codebook'].includes(own.kind) && (!('granularity' in own) || own.granularity === 'channel'),
    );
    const marks = fc.array(fc.nat(1), { minLength: count, maxLength: count });
    const coders = fc.constantFrom<'packed' | 'huffman'>('packed', 'huffman');
    return fc.tuple(encodings, marks, fc.constantFrom(...supports), coders).map(([encoding, kept, support, coder]): StoredTensor => {
      const sparse = support && withSupport(encoding, Uint8Array.from(kept), support);
      return { name: 't', role: 'weight', shape, ...(sparse ?? { encoding }), ...(coder === 'huffman' && { coder }) };
    });
  });
  fc.assert(
    fc.property(fc.array(tensor, { minLength: 1, maxLength: 3 }), (list) => {
      const tensors = list.map((own, i) => ({ ...own, name: `t${i}` }));
      const read = decodeByDocument(writeModelFile({ model: 'x' }, tensors).bytes);
      // 0 and −0 are the same value here.
      for (const own of tensors) expect(read.get(own.name)?.map((x) => x + 0)).toEqual(Array.from(decodeTensor(own), (x) => x + 0));
    }),
    { numRuns: 300 },
  );
});
