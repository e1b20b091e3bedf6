import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../coding/checksums';
import { bias, codebook, dense, nvfp4 } from '../testing/small-tensors';
import { sparseTensors } from '../testing/stored-tensors';
import { ModelFileError } from './byte-reader';
import { decodeTensor, readModelFile, writeModelFile } from './model-file';
import { type StoredTensor, type Support, type WithoutKept, withSupport } from './stored-tensor';

/** With a right checksum, so that nothing but what the bytes say can be wrong. */
function sealed(body: Uint8Array | readonly number[]): Uint8Array {
  const file = new Uint8Array(body.length + 4);
  file.set(body);
  new DataView(file.buffer).setUint32(body.length, crc32(file.subarray(0, body.length)), true);
  return file;
}

/** Most elements of a file, as docs/FORMAT.md says. */
const LIMIT = 2 ** 23 - 1;

/** Reads the file: gives true if it is a model, and checks the sentence if it is refused. */
function survives(file: Uint8Array): boolean {
  try {
    const { tensors } = readModelFile(file);
    const elements = tensors.reduce((sum, tensor) => sum + decodeTensor(tensor).length, 0);
    expect(elements).toBeLessThanOrEqual(LIMIT);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(ModelFileError);
    expect((error as Error).message).toMatch(/^[A-Z].*\.$/s);
    return false;
  }
}

describe('changed files with right checksums', () => {
  // Changes of the head may ask for much memory: small files, few of them.
  const changes = fc.array(fc.tuple(fc.nat(10_000), fc.constantFrom(0, 1, 2, 3, 5, 10, 64, 127, 128, 200, 255)), {
    minLength: 1,
    maxLength: 4,
  });

  it('are either models or refused with a sentence', () => {
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(sparseTensors, changes, fc.option(fc.nat(10_000)), (tensors, edits, cut) => {
        const whole = writeModelFile({ model: 'x' }, tensors).bytes.slice(0, -4);
        const body = cut === null ? whole : whole.slice(0, 6 + (cut % whole.length));
        for (const [place, value] of edits) if (body.length > 6) body[6 + (place % (body.length - 6))] = value;
        outcomes[survives(sealed(body)) ? 'read' : 'refused']++;
      }),
      { numRuns: 500 },
    );
    expect(outcomes.read).toBeGreaterThan(5);
    expect(outcomes.refused).toBeGreaterThan(50);
  });

  it('are refused wherever they are cut', () => {
    const supports: readonly WithoutKept<Support>[] = [
      { kind: 'relative', bits: 2 },
      { kind: 'csr' },
      { kind: 'csc' },
      { kind: 'bitmask' },
    ];
    for (const support of supports) {
      const kept = Uint8Array.of(1, 0, 0, 0, 0, 1);
      const tensors = [{ ...dense, ...withSupport(dense.encoding, kept, support), coder: 'huffman' as const }, bias, codebook, nvfp4];
      const body = writeModelFile({}, tensors).bytes.slice(0, -4);
      for (let length = 0; length < body.length; length++) expect(survives(sealed(body.subarray(0, length)))).toBe(false);
    }
  });
});

describe('files made by hand', () => {
  const varint = (n: number): number[] => (n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))]);
  /** One tensor: weight, composed, with these dimensions, support and coder; a codebook of four levels for codes of 2 bits. */
  const file = (shape: readonly number[], support: number, coder: number, payload: readonly number[]) =>
    sealed([
      ...[0x46, 0x45, 0x57, 0x42, 1, 0, 1, 0, 2, 0x7b, 0x7d, 1, 0x77, 0, 10, shape.length, ...shape.flatMap(varint), support, coder],
      ...[5, 2, 0, 1, 4, ...payload],
    ]);
  const levels = new Array<number>(16).fill(0);
  const refusal = (bytes: Uint8Array): string => {
    try {
      readModelFile(bytes);
      return '';
    } catch (error) {
      expect(error).toBeInstanceOf(ModelFileError);
      return (error as Error).message;
    }
  };

  it('may be models', () => {
    // Codes 0 1 2 3 of one bit length after another: lengths 1, 2, 3, 3.
    expect(refusal(file([4], 0, 1, [...levels, 3, 1, 1, 2, 0b11100100, 0b11011010, 0b1]))).toBe('');
    // Elements 1 and 4 of six: gaps 2 and 3 in 2 bits.
    expect(refusal(file([6], 2, 0, [2, 2, 0b1001, ...levels, 0]))).toBe('');
  });

  it.each<[string, Uint8Array]>([
    ['more codes than bits can tell apart', file([4], 0, 1, [...levels, 1, 3, 0b100100, 0])],
    ['more codes than bits can tell apart', file([4], 0, 1, [...levels, 2, 1, 3, 0b11100100, 0])],
    ['leaves bits without a meaning', file([4], 0, 1, [...levels, 3, 1, 1, 1, 0b100100, 0])],
    ['leaves bits without a meaning', file([4], 0, 1, [...levels, 1, 0, 0, 0])],
    ['has codes of 0 bits', file([4], 0, 1, [...levels, 0, 0])],
    ['has codes of 255 bits', file([4], 0, 1, [...levels, 255, ...new Array<number>(255).fill(0)])],
    ['has 8 codes for numbers of 2 bits', file([4], 0, 1, [...levels, 3, 0, 0, 8, 0, 0, 0, 0])],
    ['is not in ascending order', file([4], 0, 1, [...levels, 2, 0, 4, 0b11011000, 0])],
    ['gives one number two codes', file([4], 0, 1, [...levels, 2, 1, 2, 0b010000, 0])],
    ['begin no code', file([4], 0, 1, [...levels, 1, 1, 0b10, 0b1000])],
    ['are not zeros', file([4], 0, 1, [...levels, 1, 1, 0b10, 0b10000])],
    ['runs past the end: 6 elements', file([6], 2, 0, [2, 3, 0b111111, 0, ...levels, 0])],
    ['ends with a filler', file([6], 2, 0, [2, 1, 0b11, 1, ...levels, 0])],
    ['marks fillers that do not exist', file([6], 2, 0, [2, 1, 0b11, 0b10, ...levels, 0])],
    ['has 0 bits', file([6], 2, 0, [0, 1, 0, ...levels, 0])],
    ['entries, more than the file can hold', file([6], 2, 0, [2, ...varint(2 ** 31), 0, ...levels])],
    ['entries, more than the file can hold', file([6], 2, 1, [16, ...varint(2 ** 34), 0, ...levels])],
    // Every entry goes on by an element or more, so memory is not taken for entries that cannot be right.
    ['has 16 entries for 6 elements', file([6], 2, 0, [1, 16, 0, 0, ...levels, 0, 0])],
    ['do not begin at 0', file([2, 2], 3, 0, [1, 0b111, 0, ...levels, 0])],
    ['give a row -1 entries', file([2, 4], 3, 0, [2, 0b101100, 0, ...levels, 0])],
    ['give a row 3 entries', file([2, 2], 3, 0, [2, 0b111100, 0b100, ...levels, 0])],
    ['end at 4000000, more than the file can hold', file([1, 4_000_000], 3, 1, [22, 0, 0, 0, 64, 66, 15, ...levels])],
    ['are not in ascending order, or too large', file([1, 3], 3, 0, [2, 0b1000, 0b0101, ...levels, 0])],
    ['are not in ascending order, or too large', file([1, 3], 3, 0, [1, 0b10, 0b11, ...levels, 0])],
    ['at most 8,388,607 numbers, not 4,294,967,296', file([2 ** 16, 2 ** 16], 2, 0, [2, 0, ...levels])],
    ['at most 8,388,607 numbers', file([2 ** 34, 2 ** 34, 2 ** 34], 2, 0, [2, 0, ...levels])],
    ['cannot have the shape', file([2 ** 31], 1, 0, [0, 0])],
  ])('are refused: %s', (words, bytes) => {
    expect(refusal(bytes)).toContain(words);
  });

  it('may be sparse: a few bytes describe as many elements as a reader allows, and no more', () => {
    const empty = (elements: number) => file([elements], 2, 0, [5, 0, ...levels]);
    const [tensor] = readModelFile(empty(LIMIT)).tensors as [StoredTensor];
    expect(tensor.support?.kept.length).toBe(LIMIT);
    expect(refusal(empty(LIMIT + 1))).toContain('at most 8,388,607 numbers');
  });
});
