import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../coding/checksums';
import { packedLength } from '../coding/pack-bits';
import { compressionRate } from '../measures/ledger';
import { bias, codebook, dense, fp4, int8, nvfp4, signs } from '../testing/small-tensors';
import { notes as meta, storedTensors as tensors } from '../testing/stored-tensors';
import { ModelFileError } from './byte-reader';
import { decodeTensor, readModelFile, writeModelFile } from './model-file';
import type { Encoding, StoredTensor } from './stored-tensor';

/** Four bytes a float, one a shared exponent, codes and zero-points packed. */
function payloadBytes(encoding: Encoding): number {
  if (encoding.kind === 'float32') return encoding.values.length * 4;
  const codes = packedLength(encoding.codes.length, encoding.bits);
  switch (encoding.kind) {
    case 'uniform':
      return encoding.scales.length * 4 + packedLength(encoding.zeroPoints?.length ?? 0, encoding.bits) + codes;
    case 'codebook':
      return encoding.levels.length * 4 + codes;
    case 'basis':
      return encoding.basis.length * 4 + codes;
    case 'format':
      return ((encoding.exponents ?? encoding.fp8Scales)?.length ?? 0) + codes;
  }
}

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

  it('writes the documented bytes of codebooks, bases, formats and blocks', () => {
    const blocks: StoredTensor = {
      ...dense,
      name: 'u',
      encoding: {
        kind: 'uniform',
        bits: 4,
        codes: Int32Array.of(-7, 0, 1, 2, 7, -1),
        scales: Float32Array.of(0.5, 0.25),
        zeroPoints: Int32Array.of(-8, 1),
        granularity: { channels: 1 },
      },
    };
    const { bytes, ledger } = writeModelFile({}, [blocks, codebook, signs, fp4, nvfp4, int8]);
    const letter = (name: string) => [1, name.charCodeAt(0), 0];
    expect([...bytes.subarray(8, -4)]).toEqual([
      ...[2, ...new TextEncoder().encode('{}')],
      ...[...letter('u'), 4, 2, 3, 2, 4, 2, 1], // blocks with zero-points, 4 bits, one channel in a group
      ...[...letter('c'), 5, 2, 2, 2, 2, 0, 1, 4], // codebook, 2 bits, tensor, one codebook of four levels
      ...[...letter('b'), 6, 2, 2, 2, 2, 1], // basis, 2 bits, channel
      ...[...letter('f'), 8, 2, 2, 2, 7, 1], // e2m1 with exponents, channel
      ...[...letter('n'), 9, 2, 2, 2, 7, 1], // e2m1 with fp8 scales, channel
      ...[...letter('i'), 8, 1, 2, 8, 0], // int8 with exponents, tensor
      ...[0, 0, 0, 0x3f, 0, 0, 0x80, 0x3e, 0x18, 0x09, 0x21, 0xf7],
      ...[0, 0, 0x80, 0xbf, 0, 0, 0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0x40, 0b10011100],
      ...[0, 0, 0x80, 0x3f, 0, 0, 0x80, 0x3e, 0, 0, 0, 0x40, 0, 0, 0, 0x3f, 0b11100100],
      ...[126, 130, 0x17, 0x2f],
      ...[0x38, 0x39, 0x17, 0x2f],
      ...[124, 127, 255],
    ]);
    expect(ledger.parts.slice(1, -1).map(({ name, kind, bits }) => [name, kind, bits])).toEqual([
      ['u scales, 2 × float32', 'scales', 64],
      ['u zero-points, 2 × 4 bits', 'zeroPoints', 8],
      ['u codes, 4 bits', 'codes', 24],
      ['c levels, 4 × float32', 'codebook', 128],
      ['c codes, 2 bits', 'codes', 8],
      ['b basis numbers, 4 × float32', 'codebook', 128],
      ['b codes, 2 bits', 'codes', 8],
      ['f shared exponents, 2 × 8 bits', 'scales', 16],
      ['f codes, 4 bits', 'codes', 16],
      ['n shared scales, 2 × 8 bits', 'scales', 16],
      ['n codes, 4 bits', 'codes', 16],
      ['i shared exponent, 8 bits', 'scales', 8],
      ['i codes, 8 bits', 'codes', 16],
    ]);
  });

  it('writes a scale with a zero-point as it always did', () => {
    const encoding = { ...dense.encoding, zeroPoints: Int32Array.of(-8), granularity: 'tensor' } as Encoding;
    const { bytes } = writeModelFile({}, [{ ...dense, name: 'z', encoding }]);
    expect([...bytes.subarray(8, -4)]).toEqual([2, 0x7b, 0x7d, 1, 0x7a, 0, 2, 2, 3, 2, 4, 0, 0, 0, 0x3f, 0x08, 0x09, 0x21, 0xf7]);
    expect(readModelFile(bytes).tensors[0]?.encoding).not.toHaveProperty('granularity');
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
          expect(bits).toBe(payloadBytes(tensor.encoding) * 8);
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
    ['25 bits', [{ ...dense, encoding: { ...dense.encoding, bits: 25 } as Encoding }]],
    ['2 scales, not 1', [{ ...dense, encoding: { ...dense.encoding, granularity: 'channel' } as Encoding }]],
    ['1 zero-point, not 2', [{ ...dense, encoding: { ...dense.encoding, zeroPoints: Int32Array.of(0, 0) } as Encoding }]],
    ['no axis 2', [{ ...dense, encoding: { ...dense.encoding, granularity: { axis: 2 } } as Encoding }]],
    [
      'has the code 3, and its codebook 3 levels',
      [{ ...codebook, encoding: { ...codebook.encoding, levels: new Float32Array(3) } as Encoding }],
    ],
    ['one codebook or 2, not 4', [{ ...codebook, encoding: { ...codebook.encoding, codebooks: 4, granularity: 'channel' } as Encoding }]],
    ['5 levels in 1 codebook', [{ ...codebook, encoding: { ...codebook.encoding, levels: new Float32Array(5) } as Encoding }]],
    ['4 basis numbers', [{ ...signs, encoding: { ...signs.encoding, basis: new Float32Array(2) } as Encoding }]],
    ['1 shared exponent', [{ ...fp4, encoding: { ...fp4.encoding, exponents: Int32Array.of(1, 2), granularity: 'tensor' } as Encoding }]],
    ['1 shared scale', [{ ...nvfp4, encoding: { ...nvfp4.encoding, granularity: 'tensor' } as Encoding }]],
    ['shared scale 127', [{ ...nvfp4, encoding: { ...nvfp4.encoding, fp8Scales: Int32Array.of(1, 127) } as Encoding }]],
    ['exponents and shared scales', [{ ...nvfp4, encoding: { ...nvfp4.encoding, exponents: Int32Array.of(1, 2) } as Encoding }]],
    ['exponent 128', [{ ...fp4, encoding: { ...fp4.encoding, exponents: Int32Array.of(1, 128) } as Encoding }]],
    ['dimensions', [{ ...bias, shape: [1, 1, 1, 1, 1, 1, 1, 1, 2] }]],
    ['longer than 255', [{ ...bias, name: 'x'.repeat(256) }]],
  ])('refuses a tensor: %s', (words, list) => {
    expect(() => writeModelFile({}, list)).toThrow(words);
    expect(() => writeModelFile({}, list)).toThrow(RangeError);
  });
});

describe('ranges of activations', () => {
  it('are counted in the file and not in the model that it is compared with', () => {
    const weights = { name: 'w', role: 'weight', shape: [2], encoding: { kind: 'float32', values: Float32Array.of(1, 2) } } as const;
    const range = { name: 'x', role: 'range', shape: [1], encoding: { kind: 'float32', values: Float32Array.of(3) } } as const;
    const { bytes, ledger } = writeModelFile({}, [weights, range]);
    expect(ledger.denseBits).toBe(64);
    expect(ledger.parts.find(({ tensor }) => tensor === 'x')).toMatchObject({ kind: 'scales', bits: 32 });
    expect(readModelFile(bytes).tensors).toEqual([weights, range]);
  });
});

describe('readModelFile on damaged input', () => {
  const { bytes } = writeModelFile({ model: 'x' }, [dense, bias, codebook, signs, fp4, nvfp4, int8]);

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
