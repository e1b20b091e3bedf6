import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CELL_LIMIT, inspectSparsity, positionAt, REMOVED, thousandthsBelow } from './sparsity';

const of = (...values: number[]) => Float32Array.from(values);

describe('a layer with its mask', () => {
  // 3 inputs, 2 outputs; in memory input after input.
  const shape = [3, 2];
  const latent = of(0.5, -1, 0.25, 2, 0.125, -4);
  const stored = of(0.5, -1, 0, 2, 0, -4);
  const kept = Uint8Array.of(1, 1, 0, 1, 0, 1);

  test('is counted: zeros, pruned, what is left of each input and output', () => {
    const seen = inspectSparsity({ shape, latent, stored, kept });
    expect(seen).toMatchObject({ weights: 6, zeros: 2, pruned: 2, revived: 0 });
    expect([...seen.inputs]).toEqual([2, 1, 1]);
    expect([...seen.outputs]).toEqual([1, 3]);
  });

  test('is drawn with a row for each output; 99.5 % of the kept weights are not cut off', () => {
    const { picture } = inspectSparsity({ shape, latent, stored, kept });
    expect(picture).toMatchObject({ rows: 2, columns: 3, block: 1, limit: 4 });
    expect([...picture.cells]).toEqual([16, REMOVED, REMOVED, -32, 64, -127]);
  });

  test('has thresholds below which the asked share lies', () => {
    const { thresholds, magnitudes } = inspectSparsity({ shape, latent, stored, kept });
    expect([0, 250, 500, 750, 1000].map((k) => thresholds[k])).toEqual([0.5, 1, 2, 4, 4]);
    expect(magnitudes.reduce((a, b) => a + b)).toBe(4);
  });

  test('shows where training has undone the mask', () => {
    const seen = inspectSparsity({ shape, latent, stored: latent, kept });
    expect(seen).toMatchObject({ zeros: 0, pruned: 2, revived: 2 });
  });

  test('without a mask lacks the weights that are exactly 0', () => {
    const seen = inspectSparsity({ shape, latent, stored });
    expect(seen).toMatchObject({ zeros: 2, pruned: 0, revived: 0 });
    expect([...seen.outputs]).toEqual([1, 3]);
  });

  test('ranks what is stored as 0 but not pruned, as a prune stage does', () => {
    const { thresholds, magnitudes } = inspectSparsity({ shape, latent, stored });
    expect([0, 500, 1000].map((k) => thresholds[k])).toEqual([0.125, 1, 4]);
    expect(magnitudes.reduce((a, b) => a + b)).toBe(6);
  });

  test('of a convolution has its channels and filters', () => {
    const seen = inspectSparsity({ shape: [1, 2, 2, 1], latent: of(1, 2, 3, 4), stored: of(0, 2, 0, 4) });
    expect([...seen.inputs]).toEqual([0, 2]);
    expect([...seen.outputs]).toEqual([2]);
    expect(seen.picture).toMatchObject({ rows: 1, columns: 4 });
  });

  test('refuses other lengths, and has nothing to say of no weights', () => {
    expect(() => inspectSparsity({ shape, latent: of(1), stored })).toThrow('A layer of 3 × 2 has 6 weights, not 1.');
    const empty = inspectSparsity({ shape, latent, stored, kept: new Uint8Array(6) });
    expect(empty.thresholds).toHaveLength(0);
    expect([...empty.picture.cells].every((cell) => cell === REMOVED)).toBe(true);
  });
});

test('a threshold lies at the nearest magnitude', () => {
  const thresholds = Float32Array.from({ length: 1001 }, (_, k) => k / 1000);
  expect([-1, 0.0004, 0.0006, 0.8971, 2].map((magnitude) => positionAt(thresholds, magnitude))).toEqual([0, 0, 1, 897, 1000]);
  expect(positionAt([], 1)).toBe(0);
});

test('a large layer is drawn in means of blocks', () => {
  const [inputs, outputs] = [1024, 512];
  const stored = new Float32Array(inputs * outputs).fill(1);
  const { picture } = inspectSparsity({ shape: [inputs, outputs], latent: stored, stored });
  expect(picture.block).toBe(2);
  expect(picture.cells.length).toBeLessThanOrEqual(CELL_LIMIT);
  expect(picture.cells.every((cell) => cell === 127)).toBe(true);
});

const layer = fc
  .uniqueArray(fc.float({ min: Math.fround(1e-3), max: 8, noNaN: true }), { minLength: 4, maxLength: 200 })
  .map((sizes) => Float32Array.from(sizes, (size, i) => (i % 2 === 0 ? size : -size)));

test('at each threshold exactly the share goes that it stands for', () => {
  fc.assert(
    fc.property(layer, fc.integer({ min: 0, max: 999 }), (values, k) => {
      const { thresholds } = inspectSparsity({ shape: [values.length, 1], latent: values, stored: values });
      const count = Math.round((k * values.length) / 1000);
      fc.pre(count < values.length);
      expect(values.filter((value) => Math.abs(value) < (thresholds[k] as number))).toHaveLength(count);
    }),
  );
});

test('layers that are ranked together lose the share that lies below one threshold', () => {
  fc.assert(
    fc.property(layer, layer, fc.integer({ min: 0, max: 1000 }), (a, b, k) => {
      const seen = [a, b].map((values) => inspectSparsity({ shape: [values.length, 1], latent: values, stored: values }));
      const threshold = seen[0]!.thresholds[k] as number;
      const below = [...a, ...b].filter((value) => Math.abs(value) < threshold).length;
      const share = thousandthsBelow(seen, threshold);
      // A weight is more than a thousandth of so few.
      expect(Math.abs((share * (a.length + b.length)) / 1000 - below)).toBeLessThanOrEqual(2.5);
    }),
  );
});
