import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTar, readTar } from './tar';
import { gnuLongName, paxRecord, tarBytes } from './test-bytes';
import { DatasetError } from './types';

const archive = tarBytes([
  { name: 'folder/', bytes: new Uint8Array(), type: '5' },
  { name: 'folder/a.bin', bytes: Uint8Array.of(1, 2, 3) },
  { name: 'b.bin', bytes: new Uint8Array(513).fill(9) },
  { name: 'empty', bytes: new Uint8Array() },
]);

describe('readTar', () => {
  test('gives the regular files by their last name', () => {
    expect(isTar(archive)).toBe(true);
    const files = readTar('x.tar', archive);
    expect(files.map((file) => [file.name, file.bytes.length])).toEqual([
      ['a.bin', 3],
      ['b.bin', 513],
      ['empty', 0],
    ]);
    expect([...(files[0]?.bytes ?? [])]).toEqual([1, 2, 3]);
  });

  test('reads long names', () => {
    const long = `folder/${'x'.repeat(150)}.bin`;
    const file = { name: 'cut', bytes: Uint8Array.of(1) };
    const files = readTar('x.tar', tarBytes([paxRecord(long), file, gnuLongName(`b/${long}`), file, file]));
    expect(files.map(({ name }) => name)).toEqual([`${'x'.repeat(150)}.bin`, `${'x'.repeat(150)}.bin`, 'cut']);
  });

  test('is not fooled by zeros or other files', () => {
    expect(isTar(new Uint8Array(1024))).toBe(false);
    expect(isTar(new Uint8Array(1024).fill(0x41))).toBe(false);
    expect(isTar(Uint8Array.of(0x41))).toBe(false);
  });

  test('rejects an archive cut anywhere before its end mark', () => {
    fc.assert(
      fc.property(fc.nat(archive.length - 1024 - 1), (length) => {
        expect(() => readTar('x.tar', archive.subarray(0, length))).toThrow(DatasetError);
      }),
    );
  });

  test('rejects a damaged header', () => {
    const damaged = archive.slice();
    damaged[512 + 124] = 0x37;
    expect(() => readTar('x.tar', damaged)).toThrow('x.tar is a damaged tar archive: the header at byte 512 is wrong.');
  });
});
