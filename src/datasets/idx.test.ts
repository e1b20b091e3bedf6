import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIdx } from './idx';
import { idxBytes, patternPixels } from './test-bytes';
import { DatasetError } from './types';

describe('parseIdx', () => {
  test('reads labels written byte by byte', () => {
    const file = parseIdx('labels', Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 255));
    expect(file).toMatchObject({ kind: 'labels', count: 3 });
    expect([...file.data]).toEqual([7, 0, 255]);
  });

  test('gives back the images that were written', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 8, max: 64 }), fc.integer({ min: 8, max: 64 }));
    fc.assert(
      fc.property(sizes, fc.integer(), ([count, height, width], salt) => {
        const data = patternPixels(count, height * width, Math.abs(salt));
        const file = parseIdx('images', idxBytes([count, height, width], data));
        expect(file).toMatchObject({ kind: 'images', count, height, width });
        expect(Buffer.compare(file.data, data)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test('reads from the middle of a larger buffer', () => {
    const bytes = idxBytes([2], Uint8Array.of(4, 5));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect([...parseIdx('labels', shifted.subarray(3)).data]).toEqual([4, 5]);
  });

  test.each([
    ['another magic', Uint8Array.of(1, 2, 3, 4, 5), 'x is not an IDX file: it begins with the bytes 01 02 03 04.'],
    ['nothing', new Uint8Array(), 'x is not an IDX file: it begins with the bytes (none).'],
    ['floats', Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0), 'x holds numbers of IDX type 0x0d; only unsigned bytes (0x08) are read.'],
    ['two dimensions', idxBytes([1, 1], Uint8Array.of(1)), 'x has 2 dimensions; labels need 1, images 3 (count, rows, columns).'],
    ['half a header', Uint8Array.of(0, 0, 8, 3, 0, 0), 'x ends inside its header, after 6 bytes.'],
    ['a byte too few', idxBytes([4], new Uint8Array(3)), 'x is 11 bytes long, but its header (4) says 12.'],
    ['a byte too many', idxBytes([4], new Uint8Array(5)), 'x is 13 bytes long, but its header (4) says 12.'],
    ['no labels', idxBytes([0], new Uint8Array()), 'x holds no labels.'],
    ['small images', idxBytes([1, 7, 8], new Uint8Array(56)), 'x holds images of 7 × 8 pixels; each side must be 8 to 64.'],
    ['large images', idxBytes([1, 8, 65], new Uint8Array(520)), 'x holds images of 8 × 65 pixels; each side must be 8 to 64.'],
  ])('rejects %s', (_, bytes, message) => {
    expect(() => parseIdx('x', bytes)).toThrow(new DatasetError(message));
  });

  test('rejects every truncation and every damaged header byte', () => {
    const whole = idxBytes([3, 8, 9], patternPixels(3, 72));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        expect(() => parseIdx('x', whole.subarray(0, length))).toThrow(DatasetError);
      }),
    );
    fc.assert(
      fc.property(fc.nat(15), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = whole.slice();
        damaged[at] = (damaged[at] as number) ^ flip;
        expect(() => parseIdx('x', damaged)).toThrow(DatasetError);
      }),
    );
  });
});
