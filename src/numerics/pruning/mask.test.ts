import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillNormal, Purpose } from '../random/rng';
import { keepMask, keepMasks, keptCount, type PruneAmount, pruneCount } from './mask';

/** Few different values, so that many are equal. */
const score = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((n) => n / 2),
  fc.float({ noNaN: true }),
);
const tensor = (minLength: number) => fc.array(score, { minLength, maxLength: 30 }).map((list) => Float32Array.from(list));
const withMask = tensor(1).chain((scores) =>
  fc.record({
    scores: fc.constant(scores),
    kept: fc.option(fc.uint8Array({ minLength: scores.length, maxLength: scores.length, max: 1 }), { nil: undefined }),
  }),
);
const tensors = fc
  .array(withMask, { minLength: 1, maxLength: 4 })
  .map((list) => ({ scores: list.map((t) => t.scores), kept: list.map((t) => t.kept) }));
const percent = fc.integer({ min: 0, max: 100 });
const share = fc.constantFrom('left' as const, 'all' as const);
const scope = fc.constantFrom('layer' as const, 'global' as const);

const subset = (a: Uint8Array, b: Uint8Array | undefined) => a.every((keep, i) => keep === 0 || (b ? b[i] !== 0 : true));
const total = (masks: readonly Uint8Array[]) => masks.reduce((sum, mask) => sum + keptCount(mask, mask.length), 0);

describe('how many to remove', () => {
  test.each([
    [10, 0, 20, 'left', 2],
    [10, 5, 20, 'left', 1],
    [10, 5, 50, 'left', 3],
    [10, 10, 50, 'left', 0],
    [10, 0, 20, 'all', 2],
    [10, 1, 20, 'all', 1],
    [10, 5, 20, 'all', 0],
    [10, 5, 100, 'all', 5],
    [266_200, 0, 20, 'left', 53_240],
    [50, 0, 29, 'left', 15],
    [0, 0, 50, 'all', 0],
  ] as const)('of %d, %d gone, %d %% of %s: %d', (n, gone, amount, of, expected) => {
    expect(pruneCount(n, gone, amount, of)).toBe(expected);
  });

  test('is never more than are left, and all at 100 %', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.double({ min: 0, max: 100, noNaN: true }), share, (left, gone, amount, of) => {
        const count = pruneCount(left + gone, gone, amount, of);
        expect(count).toBeGreaterThanOrEqual(0);
        expect(count).toBeLessThanOrEqual(left);
        expect(pruneCount(left + gone, gone, 100, of)).toBe(left);
        expect(pruneCount(left + gone, gone, 0, of)).toBe(0);
      }),
    );
  });

  test('refuses other percentages and impossible counts in a sentence', () => {
    for (const amount of [-1, 101, Number.NaN]) expect(() => pruneCount(10, 0, amount, 'left')).toThrow(RangeError);
    expect(() => pruneCount(10, 11, 50, 'all')).toThrow('Of 10 weights 11 cannot be gone.');
    expect(() => pruneCount(10.5, 0, 50, 'all')).toThrow(RangeError);
  });
});

describe('a mask', () => {
  test('removes the lowest scores', () => {
    expect([...keepMask(Float32Array.of(3, 1, 4, 1.5, 9, 2), undefined, 3)]).toEqual([1, 0, 1, 0, 1, 0]);
    expect([...keepMask(Float32Array.of(-1, -2, 0), undefined, 1)]).toEqual([1, 0, 1]);
  });

  test('of equal scores removes the first', () => {
    expect([...keepMask(Float32Array.of(1, 0, 1, 1, 2), undefined, 3)]).toEqual([0, 0, 0, 1, 1]);
    expect([...keepMask(Float32Array.of(0, -0, 0, -0), undefined, 2)]).toEqual([0, 0, 1, 1]);
  });

  test('removes from what is kept, and leaves the mask before as it is', () => {
    const kept = Uint8Array.of(1, 0, 1, 1, 0, 1);
    expect([...keepMask(Float32Array.of(3, 1, 4, 1.5, 9, 2), kept, 2)]).toEqual([1, 0, 1, 0, 0, 0]);
    expect([...kept]).toEqual([1, 0, 1, 1, 0, 1]);
  });

  test('infinite scores have a rank; a removed weight needs none', () => {
    const scores = Float32Array.of(Number.POSITIVE_INFINITY, Number.NaN, 0, Number.NEGATIVE_INFINITY);
    expect([...keepMask(scores, Uint8Array.of(1, 0, 1, 1), 2)]).toEqual([1, 0, 0, 0]);
    expect([...keepMask(Float32Array.of(Number.NEGATIVE_INFINITY, 1), undefined, 0)]).toEqual([1, 1]);
    expect(() => keepMask(scores, undefined, 1)).toThrow('Score 1 is NaN; it cannot be ranked.');
  });

  test('refuses counts and lengths that cannot be', () => {
    const scores = Float32Array.of(1, 2, 3);
    expect(() => keepMask(scores, Uint8Array.of(1, 0, 1), 3)).toThrow('Of 2 weights that are left 3 cannot be removed.');
    for (const count of [-1, 0.5, Number.NaN]) expect(() => keepMask(scores, undefined, count)).toThrow(RangeError);
    expect(() => keepMask(scores, Uint8Array.of(1, 0), 1)).toThrow('There are 3 scores and a mask of 2 weights.');
    for (const scope of ['layer', 'global'] as const)
      expect(() => keepMasks([scores], [], { amount: 50, scope, share: 'left' })).toThrow('There are scores of 1 tensors and masks of 0.');
    expect([...keepMask(new Float32Array(0), undefined, 0)]).toEqual([]);
  });

  test('has exact counts, keeps nothing that was removed, and keeps no score below one that it removes', () => {
    fc.assert(
      fc.property(withMask, fc.double({ min: 0, max: 1, noNaN: true }), ({ scores, kept }, part) => {
        const left = keptCount(kept, scores.length);
        const count = Math.floor(part * left);
        const mask = keepMask(scores, kept, count);
        expect(keptCount(mask, mask.length)).toBe(left - count);
        expect(subset(mask, kept)).toBe(true);
        const removed = scores.filter((_, i) => mask[i] === 0 && kept?.[i] !== 0);
        const stay = scores.filter((_, i) => mask[i] !== 0);
        if (removed.length > 0 && stay.length > 0) expect(Math.max(...removed)).toBeLessThanOrEqual(Math.min(...stay));
      }),
    );
  });

  test('that removes more is part of one that removes less, in one go or in two', () => {
    fc.assert(
      fc.property(withMask, fc.nat(30), fc.nat(30), ({ scores, kept }, a, b) => {
        const left = keptCount(kept, scores.length);
        const few = Math.min(a, left);
        const more = Math.min(b, left - few);
        const first = keepMask(scores, kept, few);
        const both = keepMask(scores, kept, few + more);
        expect(subset(both, first)).toBe(true);
        expect(keepMask(scores, first, more)).toEqual(both);
      }),
    );
  });

  test('keeps the largest score unless nothing is left', () => {
    fc.assert(
      fc.property(tensor(1), fc.nat(29), (scores, wanted) => {
        const mask = keepMask(scores, undefined, Math.min(wanted, scores.length - 1));
        const largest = Math.max(...scores);
        expect(scores.some((value, i) => value === largest && mask[i] === 1)).toBe(true);
      }),
    );
  });
});

describe('masks of several tensors', () => {
  const scores = [Float32Array.of(1, 2, 3, 4), Float32Array.of(10, 20), Float32Array.of(3, 3, 0, 5)];
  const none = [undefined, undefined, undefined];
  const lists = (masks: Uint8Array[]) => masks.map((mask) => [...mask]);

  test('half of each layer, or half of all', () => {
    expect(lists(keepMasks(scores, none, { amount: 50, scope: 'layer', share: 'left' }))).toEqual([
      [0, 0, 1, 1],
      [0, 1],
      [0, 1, 0, 1],
    ]);
    // 0, 1, 2 and of the three 3s the first two: one in the first tensor, one in the last.
    expect(lists(keepMasks(scores, none, { amount: 50, scope: 'global', share: 'left' }))).toEqual([
      [0, 0, 0, 1],
      [1, 1],
      [0, 1, 0, 1],
    ]);
  });

  test('a share of all counts what is gone', () => {
    const kept = [Uint8Array.of(0, 1, 1, 1), undefined, Uint8Array.of(0, 0, 0, 1)];
    expect(lists(keepMasks(scores, kept, { amount: 50, scope: 'layer', share: 'all' }))).toEqual([
      [0, 0, 1, 1],
      [0, 1],
      [0, 0, 0, 1],
    ]);
    expect(lists(keepMasks(scores, kept, { amount: 50, scope: 'global', share: 'all' }))).toEqual([
      [0, 0, 1, 1],
      [1, 1],
      [0, 0, 0, 1],
    ]);
  });

  test('exact counts in both scopes, and nothing comes back', () => {
    fc.assert(
      fc.property(tensors, percent, scope, share, ({ scores, kept }, amount, scope, share) => {
        const masks = keepMasks(scores, kept, { amount, scope, share });
        const sizes = scores.map(({ length }) => length);
        const left = sizes.map((n, t) => keptCount(kept[t], n));
        masks.forEach((mask, t) => {
          expect(subset(mask, kept[t])).toBe(true);
          if (scope === 'layer') {
            const count = pruneCount(sizes[t]!, sizes[t]! - left[t]!, amount, share);
            expect(keptCount(mask, mask.length)).toBe(left[t]! - count);
          }
        });
        if (scope === 'global') {
          const [n, k] = [sizes, left].map((list) => list.reduce((a, b) => a + b, 0)) as [number, number];
          expect(total(masks)).toBe(k - pruneCount(n, n - k, amount, share));
        }
      }),
    );
  });

  test('a larger amount removes the same weights and perhaps more', () => {
    fc.assert(
      fc.property(tensors, percent, percent, scope, share, ({ scores, kept }, a, b, scope, share) => {
        const less = keepMasks(scores, kept, { amount: Math.min(a, b), scope, share });
        const more = keepMasks(scores, kept, { amount: Math.max(a, b), scope, share });
        more.forEach((mask, t) => {
          expect(subset(mask, less[t])).toBe(true);
        });
      }),
    );
  });

  test('of one tensor are the same in both scopes', () => {
    fc.assert(
      fc.property(withMask, percent, share, ({ scores, kept }, amount, share) => {
        expect(keepMasks([scores], [kept], { amount, scope: 'global', share })).toEqual(
          keepMasks([scores], [kept], { amount, scope: 'layer', share }),
        );
      }),
    );
  });

  test('ranked together are one long tensor, cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(tensor(1), { minLength: 1, maxLength: 4 }), percent, (scores, amount) => {
        const long = Float32Array.from(scores.flatMap((values) => [...values]));
        const options: PruneAmount = { amount, scope: 'global', share: 'left' };
        const masks = keepMasks(
          scores,
          scores.map(() => undefined),
          options,
        );
        expect(masks.flatMap((mask) => [...mask])).toEqual([...keepMasks([long], [undefined], options)[0]!]);
      }),
    );
  });

  test('lottery: 20 % of what is left, 12 times, on a 784-300-100-10 network', () => {
    const sizes = [235_200, 30_000, 1000];
    const weights = sizes.map((n, t) => {
      const values = new Float32Array(n);
      fillNormal(values, 1, Purpose.init, t);
      return values;
    });
    for (const scope of ['layer', 'global'] as const) {
      let kept: readonly (Uint8Array | undefined)[] = sizes.map(() => undefined);
      let left = scope === 'layer' ? sizes : [266_200];
      for (let round = 0; round < 12; round++) {
        const masks = keepMasks(weights, kept, { amount: 20, scope, share: 'left' });
        left = left.map((n) => n - Math.round(0.2 * n));
        const counts = masks.map((mask) => keptCount(mask, mask.length));
        expect(scope === 'layer' ? counts : [total(masks)]).toEqual(left);
        kept = masks;
      }
    }
  });
});
