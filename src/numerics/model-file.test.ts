import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelFileError } from './byte-reader';
import { crc32 } from './crc32';
import { compressionRate } from './ledger';
import { decodeTensor, readModelFile, writeModelFile } from './model-file';
import { codeRange, packedLength } from './pack-bits';
import type { Encoding, StoredRole, StoredTensor } from './stored-tensor';

const float = fc.float({ noNaN: true });

function encodingOf(count: number): fc.Arbitrary<Encoding> {
  const float32 = fc
    .array(float, { minLength: count, maxLength: count })
    .map((list): Encoding => ({ kind: 'float32', values: Float32Array.from(list) }));
  const uniform = fc.integer({ min: 1, max: 16 }).chain((bits) =>
    fc
      .record({
        codes: fc.array(fc.integer(codeRange(bits)), { minLength: count, maxLength: count }),
        scale: fc.float({ noNaN: true, noDefaultInfinity: true }),
        zeroPoint: fc.option(fc.integer(codeRange(bits))),
      })
      .map(({ codes, scale, zeroPoint }): Encoding => {
        const base = { kind: 'uniform', bits, codes: Int32Array.from(codes), scales: Float32Array.of(scale) } as const;
        return zeroPoint === null ? base : { ...base, zeroPoints: Int32Array.of(zeroPoint) };
      }),
  );
  return fc.oneof(float32, uniform);
}

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 });
const tensorBody = shapes.chain((shape) =>
  fc.record({
    role: fc.constantFrom<StoredRole>('weight', 'bias', 'statistic'),
    shape: fc.constant(shape),
    encoding: encodingOf(shape.reduce((a, b) => a * b, 1)),
  }),
);
const tensors = fc
  .array(fc.tuple(fc.string({ maxLength: 12, unit: 'grapheme' }), tensorBody), { maxLength: 6 })
  .map((list): StoredTensor[] => list.map(([name, body], i) => ({ name: `${i}${name}`, ...body })));
const meta = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  fc.oneof(fc.string(), fc.integer(), fc.boolean()),
  {
    maxKeys: 4,
    noNullPrototype: true,
  },
);

const dense: StoredTensor = {
  name: 'fc1/kernel',
  role: 'weight',
  shape: [3, 2],
  encoding: { kind: 'uniform', bits: 4, codes: Int32Array.of(-7, 0, 1, 2, 7, -1), scales: Float32Array.of(0.5) },
};
const bias: StoredTensor = { name: 'fc1/bias', role: 'bias', shape: [2], encoding: { kind: 'float32', values: Float32Array.of(0.25, -1) } };

describe('writeModelFile', () => {
  it('writes the documented bytes', () => {
    const { bytes, ledger } = writeModelFile({ a: 1 }, [dense, bias]);
    const expected = [
      ...[0x46, 0x45, 0x57, 0x42, 1, 0, 2, 0], // FEWB, version 1, two tensors
      ...[7, ...new TextEncoder().encode('{"a":1}')],
      ...[10, ...new TextEncoder().encode('fc1/kernel'), 0, 1, 2, 3, 2, 4], // weight, uniform, rank 2, 3 × 2, 4 bits
      ...[8, ...new TextEncoder().encode('fc1/bias'), 1, 0, 1, 2], // bias, float32, rank 1, 2
      ...[0, 0, 0, 0x3f], // scale 0.5
      ...[0x09, 0x21, 0xf7], // codes -7 0 | 1 2 | 7 -1
      ...[0, 0, 0x80, 0x3e, 0, 0, 0x80, 0xbf], // 0.25, -1
    ];
    expect([...bytes.subarray(0, -4)]).toEqual(expected);
    expect(new DataView(bytes.buffer).getUint32(bytes.length - 4, true)).toBe(crc32(Uint8Array.from(expected)));
    expect(ledger.weights).toBe(6);
    expect(ledger.denseBits).toBe(8 * 32);
    expect(ledger.totalBits).toBe((expected.length + 4) * 8);
    expect(compressionRate(ledger)).toBe(256 / ledger.totalBits);
    expect(ledger.parts).toEqual([
      { name: 'header: notes, names and shapes', kind: 'header', tensor: '', bits: 46 * 8 },
      { name: 'fc1 kernel scale, float32', kind: 'scales', tensor: 'fc1/kernel', bits: 32 },
      { name: 'fc1 kernel codes, 4 bits', kind: 'codes', tensor: 'fc1/kernel', bits: 24 },
      { name: 'fc1 bias, float32', kind: 'biases', tensor: 'fc1/bias', bits: 64 },
      { name: 'checksum', kind: 'header', tensor: '', bits: 32 },
    ]);
  });

  it('is undone by readModelFile, and its ledger counts every bit of the file', () => {
    fc.assert(
      fc.property(meta, tensors, (notes, list) => {
        const { bytes, ledger } = writeModelFile(notes, list);
        expect(readModelFile(bytes)).toEqual({ meta: notes, tensors: list });
        expect(ledger.parts.reduce((a, part) => a + part.bits, 0)).toBe(bytes.length * 8);
        expect(ledger.totalBits).toBe(bytes.length * 8);
        for (const tensor of list) {
          const bits = ledger.parts.filter((part) => part.tensor === tensor.name).reduce((a, part) => a + part.bits, 0);
          const { encoding } = tensor;
          const payload =
            encoding.kind === 'float32'
              ? encoding.values.length * 4
              : 4 + (encoding.zeroPoints ? packedLength(1, encoding.bits) : 0) + packedLength(encoding.codes.length, encoding.bits);
          expect(bits).toBe(payload * 8);
        }
      }),
    );
  });

  it('reads a file that lies inside a larger buffer', () => {
    const { bytes } = writeModelFile({}, [dense]);
    const larger = new Uint8Array(bytes.length + 10);
    larger.set(bytes, 3);
    expect(readModelFile(larger.subarray(3, 3 + bytes.length)).tensors).toEqual([dense]);
  });

  it.each<[string, StoredTensor[]]>([
    ['holds 2 numbers', [{ ...bias, shape: [3] }]],
    ['holds 2 numbers', [{ ...bias, shape: [2, 0] }]],
    ['same name', [bias, bias]],
    ['not a finite number', [{ ...dense, encoding: { ...dense.encoding, scales: Float32Array.of(Number.NaN) } as Encoding }]],
    ['one scale', [{ ...dense, encoding: { ...dense.encoding, scales: Float32Array.of(1, 2) } as Encoding }]],
    ['does not fit', [{ ...dense, encoding: { ...dense.encoding, bits: 3 } as Encoding }]],
    ['dimensions', [{ ...bias, shape: [1, 1, 1, 1, 1, 1, 1, 1, 2] }]],
    ['longer than 255', [{ ...bias, name: 'x'.repeat(256) }]],
  ])('refuses a tensor: %s', (words, list) => {
    expect(() => writeModelFile({}, list)).toThrow(words);
    expect(() => writeModelFile({}, list)).toThrow(RangeError);
  });
});

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

  it('copies float32 values', () => {
    const values = decodeTensor(bias);
    expect([...values]).toEqual([0.25, -1]);
    expect(values.buffer).not.toBe((bias.encoding as { values: Float32Array }).values.buffer);
  });
});

describe('readModelFile on damaged input', () => {
  const { bytes } = writeModelFile({ model: 'x' }, [dense, bias]);

  it('names what is wrong', () => {
    expect(() => readModelFile(new Uint8Array())).toThrow('This is not a Fewbits model file');
    expect(() => readModelFile(new TextEncoder().encode('PK-zip-file'))).toThrow('This is not a Fewbits model file');
    const newer = bytes.slice();
    newer[4] = 9;
    expect(() => readModelFile(newer)).toThrow('This model file has version 9; this program reads version 1.');
  });

  it('refuses every truncation and every single flipped bit', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readModelFile(bytes.subarray(0, length))).toThrow(ModelFileError);
    }
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(() => readModelFile(flipped)).toThrow(ModelFileError);
    }
  });

  it('either decodes or throws a ModelFileError, even if the checksum is right', () => {
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 5), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(bytes.length)),
        (changes, length) => {
          const damaged = length === null ? bytes.slice() : bytes.slice(0, Math.max(4, length));
          for (const [place, value] of changes) if (place >= 6 && place < damaged.length) damaged[place] = value;
          const end = damaged.length - 4;
          if (end >= 0) new DataView(damaged.buffer).setUint32(end, crc32(damaged.subarray(0, end)), true);
          try {
            for (const tensor of readModelFile(damaged).tensors) {
              // Nothing that is read may be much larger than the file.
              expect(decodeTensor(tensor).length).toBeLessThanOrEqual(damaged.length * 8);
            }
            outcomes.read++;
          } catch (error) {
            expect(error).toBeInstanceOf(ModelFileError);
            expect((error as Error).message).toMatch(/^[A-Z].*\.$/s);
            outcomes.refused++;
          }
        },
      ),
      { numRuns: 2000 },
    );
    expect(outcomes.refused).toBeGreaterThan(0);
    expect(outcomes.read).toBeGreaterThan(0);
  });

  it('does not believe a shape that the file cannot hold', () => {
    const before = bytes.slice(0, -4);
    // The dimensions of fc1/kernel, 3 and 2, follow the name, role, encoding and rank.
    const place = 8 + 1 + 13 + 1 + 10 + 3;
    expect([...before.subarray(place, place + 2)]).toEqual([3, 2]);
    before[place] = 0x7f;
    const file = new Uint8Array(bytes.length);
    file.set(before);
    new DataView(file.buffer).setUint32(before.length, crc32(before), true);
    expect(() => readModelFile(file)).toThrow('fc1/kernel cannot have the shape 127 × 2');
  });
});
