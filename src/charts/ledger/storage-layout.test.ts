import { describe, expect, test } from 'vitest';
import type { LedgerKind } from '../../numerics/measures/ledger';
import { kindsOf, type StorageBar, storageBars, storageReadout, storageSentence, storageTable } from './storage-layout';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const bar = (id: string, ...parts: (readonly [LedgerKind, number])[]): StorageBar => ({
  ...{ id, label: id, about: 'About it.' },
  parts: parts.map(([kind, bits]) => ({ name: kind, kind, tensor: 'w', bits })),
  bits: parts.reduce((sum, [, bits]) => sum + bits, 0),
});
const bars = [
  bar('file', ['codes', 4000]),
  bar('float32', ['floats', 32_000]),
  bar('dense', ['codes', 4000]),
  bar('bitmask', ['codes', 400], ['masks', 1000]),
  bar('relative', ['codes', 400], ['indices', 500], ['indices', 100]),
  bar('entropy', ['codes', 300], ['masks', 469]),
  bar('dense-gzip', ['codes', 1600]),
];

describe('storages side by side', () => {
  test('have one scale, on which only float32 may be cut', () => {
    const drawn = storageBars(bars);
    expect(drawn.map(({ cut }) => cut)).toEqual([false, true, false, false, false, false, false]);
    expect(drawn[1]?.segments.at(-1)?.to).toBe(1);
    const [codes, masks] = drawn[3]?.segments ?? [];
    expect(codes?.to).toBeCloseTo(400 / 4200, 9);
    expect([masks?.from, masks?.to]).toEqual([codes?.to, expect.closeTo(1400 / 4200, 9)]);
    expect(drawn[6]?.mixed).toBe(true);
  });

  test('parts of one kind are one segment', () => {
    expect(kindsOf(bars[4] as StorageBar)).toEqual([
      { kind: 'codes', bits: 400 },
      { kind: 'indices', bits: 600 },
    ]);
  });

  test('say in a sentence why a pruned file is not smaller', () => {
    expect(plain(storageSentence(bars, { weights: 1000, nonZero: 100 }))).toBe(
      '90.0 % of the weights are 0, but stored dense a 0 takes as many bits as any other weight: 500 B. A bitmask, one bit per weight, makes it 175 B; the smallest is relative: 125 B.',
    );
    expect(plain(storageSentence(bars, { weights: 1000, nonZero: 1000 }))).toContain('No weight is 0');
  });

  test('have readouts with units, and a table', () => {
    expect(plain(storageReadout(bars[3] as StorageBar, 1000, 32_000))).toBe(
      'bitmask: 175 B, 1.40 bits per weight, 22.9× smaller than float32. 29 % codes, 71 % masks. About it.',
    );
    expect(plain(storageReadout(bars[6] as StorageBar, 1000, 800))).toBe(
      'dense-gzip: 200 B, 1.60 bits per weight, 2.0× larger than float32. About it.',
    );
    expect(storageTable(bars, 1000).rows[4]?.map(plain)).toEqual(['relative', '125', '1.000', 'indices 75 B, codes 50 B']);
  });
});
