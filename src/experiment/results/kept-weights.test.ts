import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptRunOf } from '../testing/kept-run';
import type { LayerLevels } from '../types/events';
import { parseKeptRun } from './kept-run';
import { keptLayer, MOST_BINS, MOST_LEVELS } from './kept-weights';

const latent = { min: -1, max: 1, counts: new Uint32Array(121).fill(2) };
const levels = (values: readonly number[], change: Partial<LayerLevels> = {}): LayerLevels => ({
  values: Float32Array.from(values),
  counts: Uint32Array.from(values, () => 3),
  bits: 8,
  scale: null,
  distinct: values.length,
  possible: null,
  zeros: 3,
  ...change,
});
const kept = (stored: LayerLevels | null) => keptLayer({ layer: 'fc1', latent, stored });
const total = (counts: Iterable<number>) => [...counts].reduce((a, b) => a + b, 0);

describe('the weights of a layer as they are kept', () => {
  test('121 bins become 61 that hold two each, the last one alone and half empty', () => {
    const { min, max, counts } = kept(null).latent;
    expect(counts).toEqual([...new Array(60).fill(4), 2]);
    expect(min).toBe(-1);
    expect(max).toBeCloseTo(1 + 2 / 121, 5);
  });

  test('few levels are kept as they are, with the step between them', () => {
    const { stored } = kept(levels([-0.1, 0, 0.1], { scale: Math.fround(0.1), bits: 2, possible: 3 }));
    expect(stored).toEqual({ values: [-0.1, 0, 0.1], counts: [3, 3, 3], step: 0.1, bits: 2, distinct: 3, possible: 3, zeros: 3 });
    expect(kept(levels([-0.5, -0.25, 0, 0.25, 0.5])).stored?.step).toBeNull();
    expect(kept(levels([0], { scale: 0 })).stored?.step).toBeNull();
  });

  test('255 levels become 85 bins of three, each as full as the others, 0 the centre of one', () => {
    const scale = Math.fround(0.01);
    const codes = Array.from({ length: 255 }, (_, i) => i - 127);
    const { stored } = kept(
      levels(
        codes.map((code) => code * scale),
        { scale, possible: 255 },
      ),
    );
    expect(stored?.values).toHaveLength(85);
    expect(stored?.values).toContain(0);
    expect(new Set(stored?.counts)).toEqual(new Set([9]));
    expect(stored?.step).toBeCloseTo(0.03, 6);
    expect(stored?.distinct).toBe(255);
  });

  test('the bins of a look at 16 bits are joined by their own width, not by the step of the codes', () => {
    const width = 2 / 241;
    const bins = Array.from({ length: 241 }, (_, i) => (i - 120) * width);
    const { stored } = kept(levels(bins, { scale: 1e-5, bits: 16, distinct: 60_000 }));
    expect(stored?.step).toBeCloseTo(3 * width, 5);
    expect(new Set(stored?.counts)).toEqual(new Set([9, 6]));
  });

  test('an infinite value is left out', () => {
    const { stored } = kept(levels([Number.NEGATIVE_INFINITY, -1, 0, 1]));
    expect(stored).toMatchObject({ values: [-1, 0, 1], counts: [3, 3, 3], step: null });
  });

  test('whatever the levels are, few numbers are kept, none of the weights is lost, and they read back from JSON', () => {
    const value = fc.float({ noNaN: true, noDefaultInfinity: true, min: Math.fround(-100), max: 100 });
    const values = fc.uniqueArray(value, { minLength: 1, maxLength: 512, comparator: (a, b) => a + 0 === b + 0 });
    fc.assert(
      fc.property(values, (found) => {
        const stored = levels(found.map((v) => v + 0).sort((a, b) => a - b));
        const layer = kept(stored);
        expect(layer.latent.counts.length).toBeLessThanOrEqual(MOST_BINS);
        expect(layer.stored?.values.length).toBeLessThanOrEqual(MOST_LEVELS);
        expect(total(layer.stored?.counts ?? [])).toBe(total(stored.counts));
        const run = keptRunOf({ weights: [layer] });
        expect(parseKeptRun(JSON.parse(JSON.stringify(run)))).toEqual(run);
      }),
      { numRuns: 100 },
    );
  });
});
