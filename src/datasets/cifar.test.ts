import { describe, expect, test } from 'vitest';
import { parseCifarBatch } from './cifar';
import { cifarBytes } from './test-bytes';
import { DatasetError } from './types';

describe('parseCifarBatch', () => {
  test('turns planes into channels last', () => {
    const bytes = cifarBytes(2);
    bytes[3073 + 1 + 33] = 11; // image 1, red, row 1, column 1
    bytes[3073 + 1 + 1024 + 33] = 12;
    bytes[3073 + 1 + 2048 + 33] = 13;
    const batch = parseCifarBatch('batch.bin', bytes);
    expect(batch.count).toBe(2);
    expect([...batch.labels]).toEqual([0, 1]);
    expect(batch.pixels.length).toBe(2 * 3072);
    expect([...batch.pixels.subarray(0, 6)]).toEqual([0, 100, 200, 0, 100, 200]);
    expect([...batch.pixels.subarray(3072 + 32 * 3, 3072 + 34 * 3)]).toEqual([1, 100, 200, 11, 12, 13]);
  });

  test.each([
    [new Uint8Array(), 'b is 0 bytes long, which is not a whole number of CIFAR-10 records of 3,073 bytes.'],
    [new Uint8Array(3072), 'b is 3,072 bytes long, which is not a whole number of CIFAR-10 records of 3,073 bytes.'],
    [new Uint8Array(3074 * 2), 'b looks like CIFAR-100 (3,074 bytes an image); only the CIFAR-10 binary version is read.'],
    [cifarBytes(3).fill(10, 3073, 3074), 'b has label 10 at image 1; CIFAR-10 has labels 0 to 9.'],
  ])('rejects case %#', (bytes, message) => {
    expect(() => parseCifarBatch('b', bytes)).toThrow(new DatasetError(message));
  });
});
