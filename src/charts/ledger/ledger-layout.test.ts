import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ledger, LedgerKind } from '../../numerics/measures/ledger';
import { ledgerGroups, ledgerSummary, orderedParts, partReadout, segments } from './ledger-layout';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const part = (kind: LedgerKind, bits: number, tensor = 'fc1/kernel') => ({ name: `${tensor} ${kind}`, kind, tensor, bits });
const ledger: Ledger = {
  weights: 200,
  denseBits: 8000,
  totalBits: 1000,
  parts: [
    part('header', 100, ''),
    part('codes', 500),
    part('biases', 160),
    part('codes', 200, 'fc2/kernel'),
    part('scales', 30),
    part('masks', 10),
    part('floats', 0),
  ],
};

describe('ledger layout', () => {
  test('parts and groups follow the drawing order and leave out what has no bits', () => {
    expect(orderedParts(ledger).map((p) => p.bits)).toEqual([500, 200, 10, 30, 160, 100]);
    expect(ledgerGroups(ledger).map((g) => [g.label, g.bits, g.share])).toEqual([
      ['codes', 700, 0.7],
      ['masks', 10, 0.01],
      ['scales', 30, 0.03],
      ['biases', 160, 0.16],
      ['header', 100, 0.1],
    ]);
  });

  test('segments fill the bar without gaps', () => {
    const kinds: LedgerKind[] = ['codes', 'scales', 'floats', 'header'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 1e6 })), { minLength: 1, maxLength: 20 }),
        (drawn) => {
          const parts = drawn.map(([kind, bits]) => part(kind, bits));
          const made = segments({ weights: 1, denseBits: 32, totalBits: parts.reduce((sum, p) => sum + p.bits, 0), parts });
          expect(made).toHaveLength(parts.length);
          expect(made[0]!.from).toBe(0);
          expect(made.at(-1)!.to).toBeCloseTo(1, 9);
          expect(made.every((s, i) => i === 0 || s.from === made[i - 1]!.to)).toBe(true);
        },
      ),
    );
  });

  test('sentences', () => {
    expect(plain(ledgerSummary(ledger))).toBe('1,000 bits = 125 bytes, 8.0× smaller than float32 dense with 8,000 bits.');
    expect(plain(ledgerSummary({ ...ledger, denseBits: 500 }))).toContain('2.0× larger');
    expect(plain(ledgerSummary({ ...ledger, denseBits: 990 }))).toContain('1.0 % larger');
    expect(plain(partReadout(part('codes', 480), ledger))).toBe('fc1/kernel codes · 480 bits = 60 bytes · 48.0 % of the file');
  });
});
