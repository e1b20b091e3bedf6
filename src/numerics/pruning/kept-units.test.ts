import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptUnits } from './kept-units';

const layers = fc.array(
  fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 }).map((scores) => Float32Array.from(scores)),
  { minLength: 1, maxLength: 4 },
);
const lists = (kept: readonly Uint32Array[]) => kept.map((units) => [...units]);
const total = (list: readonly { readonly length: number }[]) => list.reduce((sum, { length }) => sum + length, 0);

describe('units that stay', () => {
  test('known answers: each layer by itself, and all together', () => {
    const scores = [Float32Array.of(5, 1, 4, 2), Float32Array.of(9, 8, 7, 6)];
    expect(lists(keptUnits(scores, 50, 'layer').kept)).toEqual([
      [0, 2],
      [0, 1],
    ]);
    expect(lists(keptUnits(scores, 50, 'global').kept)).toEqual([[0], [0, 1, 2]]);
  });

  test('the last unit of a layer stays, and is counted as spared', () => {
    expect(keptUnits([Float32Array.of(3, 1)], 100, 'layer')).toEqual({ kept: [Uint32Array.of(0)], spared: 1 });
    const { kept, spared } = keptUnits([Float32Array.of(1, 2), Float32Array.of(8, 9)], 75, 'global');
    expect([lists(kept), spared]).toEqual([[[1], [1]], 1]);
  });

  test('of equal scores, the first go', () => {
    expect(lists(keptUnits([Float32Array.of(1, 1, 1, 1)], 50, 'layer').kept)).toEqual([[2, 3]]);
  });

  test('NaN cannot be ranked', () => {
    expect(() => keptUnits([Float32Array.of(1, Number.NaN)], 50, 'layer')).toThrow('NaN');
  });

  test('counts are those of the amount; every layer keeps a unit; no unit that goes beats one that stays', () => {
    fc.assert(
      fc.property(
        layers,
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom('layer' as const, 'global' as const),
        (scores, amount, scope) => {
          const { kept, spared } = keptUnits(scores, amount, scope);
          const asked = scope === 'global' ? Math.round((amount * total(scores)) / 100) : undefined;
          const wanted = asked ?? scores.reduce((sum, { length }) => sum + Math.round((amount * length) / 100), 0);
          expect(total(scores) - total(kept)).toBe(wanted - spared);
          for (const [l, units] of kept.entries()) {
            expect(units.length).toBeGreaterThan(0);
            const stays = new Set(units);
            const least = Math.min(...[...units].map((unit) => scores[l]?.[unit] ?? 0));
            scores[l]?.forEach((score, unit) => {
              if (!stays.has(unit)) expect(score).toBeLessThanOrEqual(least);
            });
          }
        },
      ),
    );
  });
});
