import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../coding/checksums';
import { packedLength } from '../coding/pack-bits';
import { bias, codebook, dense, fp4, int8, nvfp4, signs } from '../testing/small-tensors';
import { encodingsOf, notes, prunedTensors } from '../testing/stored-tensors';
import { ModelFileError } from './byte-reader';
import { decodeEncoding } from './encoding';
import { decodeTensor, readModelFile, writeModelFile } from './model-file';
import { type Encoding, type StoredTensor, withSupport } from './stored-tensor';

const pruned = (tensor: StoredTensor, ...kept: number[]): StoredTensor => ({
  ...tensor,
  ...withSupport(tensor.encoding, Uint8Array.from(kept)),
});
const kernel = pruned({ ...dense, name: 'k' }, 1, 0, 1, 1, 0, 0);

/** The bytes with a right checksum after them, so that nothing but what they say can be wrong. */
function withChecksum(body: Uint8Array): Uint8Array {
  const file = new Uint8Array(body.length + 4);
  file.set(body);
  new DataView(file.buffer).setUint32(body.length, crc32(body), true);
  return file;
}

describe('a bitmask', () => {
  it('is written as documented, with the kept codes after it', () => {
    const { bytes, ledger } = writeModelFile({}, [kernel, pruned({ ...bias, name: 'b' }, 0, 1)]);
    expect([...bytes.subarray(8, -4)]).toEqual([
      ...[2, ...new TextEncoder().encode('{}')],
      ...[1, 0x6b, 0, 10, 2, 3, 2, 1, 0, 1, 4], // weight, composed, rank 2, 3 × 2, bitmask, packed, uniform, 4 bits
      ...[1, 0x62, 1, 10, 1, 2, 1, 0, 0], // bias, composed, rank 1, 2, bitmask, packed, float32
      ...[0b001101, 0, 0, 0, 0x3f, 0x19, 0x02], // kept 0, 2 and 3; scale 0.5; codes −7 1 | 2
      ...[0b10, 0, 0, 0x80, 0xbf], // kept 1; −1
    ]);
    expect(ledger.parts.slice(1, -1)).toEqual([
      { name: 'k mask, 1 bit each', kind: 'masks', tensor: 'k', bits: 8 },
      { name: 'k scale, float32', kind: 'scales', tensor: 'k', bits: 32 },
      { name: 'k codes, 4 bits', kind: 'codes', tensor: 'k', bits: 16 },
      { name: 'b mask, 1 bit each', kind: 'masks', tensor: 'b', bits: 8 },
      { name: 'b, float32', kind: 'biases', tensor: 'b', bits: 32 },
    ]);
    expect([ledger.weights, ledger.denseBits]).toEqual([6, 8 * 32]);
    expect([...decodeTensor(kernel)]).toEqual([-3.5, 0, 0.5, 1, 0, 0]);
  });

  it('makes a pruned element 0 in every encoding, and leaves the others as they are', () => {
    for (const tensor of [dense, bias, codebook, signs, fp4, nvfp4, int8]) {
      const kept = Array.from(decodeTensor(tensor), (_, i) => i % 2);
      expect([...decodeTensor(pruned(tensor, ...kept))]).toEqual(Array.from(decodeTensor(tensor), (value, i) => (i % 2 ? value : 0)));
    }
    const zeroPoints = { ...dense.encoding, zeroPoints: Int32Array.of(3) } as Encoding;
    expect([...decodeTensor(pruned({ ...dense, encoding: zeroPoints }, 0, 0, 0, 0, 0, 1))]).toEqual([0, 0, 0, 0, 0, -2]);
  });

  it('is undone by readModelFile, and its ledger counts every bit of the file', () => {
    fc.assert(
      fc.property(notes, prunedTensors, (meta, list) => {
        const { bytes, ledger } = writeModelFile(meta, list);
        const read = readModelFile(bytes);
        expect(read).toEqual({ meta, tensors: list });
        expect(writeModelFile(meta, read.tensors).bytes).toEqual(bytes);
        expect(ledger.parts.reduce((a, part) => a + part.bits, 0)).toBe(bytes.length * 8);
        for (const { name, shape, encoding, support } of list) {
          const bits = (kind: string) => ledger.parts.filter((part) => part.tensor === name && part.kind === kind)[0]?.bits;
          const count = shape.reduce((a, b) => a * b, 1);
          const stored = support ? support.kept.reduce((a, b) => a + b, 0) : count;
          expect(bits('masks')).toBe(support && 8 * Math.ceil(count / 8));
          if ('codes' in encoding) expect(bits('codes')).toBe(8 * packedLength(stored, encoding.bits));
        }
      }),
    );
  });

  it('takes nothing from the kept values', () => {
    const cases = fc.constantFrom<number[][]>([4, 3], [2, 2, 3], [1]).chain((shape) => {
      const count = shape.reduce((a, b) => a * b, 1);
      return fc.tuple(fc.constant(shape), encodingsOf(shape), fc.array(fc.nat(1), { minLength: count, maxLength: count }));
    });
    fc.assert(
      fc.property(cases, ([shape, encoding, kept]) => {
        const tensor = pruned({ name: 't', role: 'weight', shape, encoding }, ...kept);
        const [read] = readModelFile(writeModelFile({}, [tensor]).bytes).tensors as [StoredTensor];
        const all = decodeEncoding(encoding, shape);
        expect([...decodeTensor(read)]).toEqual(kept.map((mark, i) => (mark ? all[i] : 0)));
      }),
    );
  });

  const fc1 = { ...kernel, name: 'fc1' };
  it.each<[string, StoredTensor]>([
    ['fc1 has the code -7 at a pruned place, not 0', { ...pruned(dense, 0, 1, 1, 1, 1, 1), name: 'fc1', encoding: dense.encoding }],
    ['fc1 has the value 0.25 at a pruned place', { ...pruned(bias, 0, 1), name: 'fc1', encoding: bias.encoding }],
    [
      'fc1 has the value −0 at a pruned place',
      { ...pruned(bias, 0, 1), name: 'fc1', encoding: { kind: 'float32', values: Float32Array.of(-0, 1) } },
    ],
    ['fc1 has 6 elements and marks 5', { ...fc1, support: { kind: 'bitmask', kept: new Uint8Array(5) } }],
    ['fc1 marks an element with 2', { ...fc1, support: { kind: 'bitmask', kept: Uint8Array.of(1, 0, 2, 1, 0, 0) } }],
  ])('is refused: %s', (words, tensor) => {
    expect(() => writeModelFile({}, [tensor])).toThrow(words);
    expect(() => writeModelFile({}, [tensor])).toThrow(RangeError);
  });
});

describe('the model that the ledger compares with', () => {
  it('is the original one where it is given', () => {
    const small = writeModelFile({}, [dense, bias]);
    const compared = writeModelFile({}, [dense, bias], { weights: 60, numbers: 70 });
    expect(compared.bytes).toEqual(small.bytes);
    expect(compared.ledger).toEqual({ ...small.ledger, weights: 60, denseBits: 70 * 32 });
  });
});

describe('a damaged file with a bitmask', () => {
  const { bytes } = writeModelFile({}, [kernel]);
  const body = bytes.slice(0, -4);
  // The last seven bytes: the mask, the scale, the codes. Before them: support, coder, encoding, bits.
  const [mask, support] = [body.length - 7, body.length - 11];
  const changed = (place: number, value: number, end = body.length) => {
    const copy = body.slice(0, end);
    copy[place] = value;
    return withChecksum(copy);
  };

  it.each<[string, Uint8Array]>([
    ['the mask of k marks elements that do not exist', changed(mask, 0b11001101)],
    ['k needs 3 bytes and 2 are left', changed(mask, 0b111111)],
    ['1 bytes follow the last tensor', changed(mask, 0b1)],
    ['k cannot have the shape 3 × 2', changed(support, 1, mask)],
    ['the scale of k needs 4 bytes and 3 are left', changed(support, 1, mask + 4)],
    ['the description of k is unknown', changed(support, 9)],
    ['the description of k is unknown', changed(support, 0)],
    ['the description of k is unknown', changed(support + 1, 7)],
    ['the description of k is unknown', changed(support + 2, 10)],
    ['k cannot have the shape 127 × 2', changed(support - 2, 127)],
  ])('says: %s', (words, file) => {
    expect(() => readModelFile(file)).toThrow(ModelFileError);
    expect(() => readModelFile(file)).toThrow(words);
  });

  it('is refused wherever it is cut, and either decodes or is refused whatever byte is changed', () => {
    const whole = writeModelFile({}, [kernel, pruned(codebook, 1, 0, 0, 1), pruned(nvfp4, 0, 1, 1, 1), pruned(bias, 0, 0)]).bytes.slice(
      0,
      -4,
    );
    for (let length = 4; length < whole.length; length++)
      expect(() => readModelFile(withChecksum(whole.subarray(0, length)))).toThrow(ModelFileError);
    let read = 0;
    for (let place = 6; place < whole.length; place++)
      for (const value of [0, 1, 2, 8, 10, 127, 128, 254, 255]) {
        const copy = whole.slice();
        copy[place] = value;
        try {
          for (const tensor of readModelFile(withChecksum(copy)).tensors)
            expect(decodeTensor(tensor).length).toBeLessThanOrEqual(8 * whole.length);
          read++;
        } catch (error) {
          expect(error).toBeInstanceOf(ModelFileError);
          expect((error as Error).message).toMatch(/^[A-Z].*\.$/s);
        }
      }
    expect(read).toBeGreaterThan(0);
  });
});
