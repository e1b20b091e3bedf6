import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundings } from '../rounding/rounding';
import { blockCounts, blockValues, type Granularity, scaleGrid, scaleOf } from './scale-grid';
import { dequantizeGroups, groupScales, quantize, quantizeGroups, symmetricScale } from './uniform';

describe('who shares a scale, in a 2 × 2 × 3 × 4 convolution (12 inputs, 4 outputs)', () => {
  const shape = [2, 2, 3, 4];
  const groups = (granularity: Granularity) => {
    const grid = scaleGrid(shape, granularity);
    return { scales: grid.scales, of: (input: number, output: number) => scaleOf(grid, input * 4 + output) };
  };

  it('tensor', () => {
    const { scales, of } = groups('tensor');
    expect([scales, of(0, 0), of(11, 3)]).toEqual([1, 0, 0]);
  });

  it('channel', () => {
    const { scales, of } = groups('channel');
    expect([scales, of(0, 0), of(11, 0), of(5, 3)]).toEqual([4, 0, 0, 3]);
  });

  it('groups of 3 channels: the last group has one', () => {
    const { scales, of } = groups({ channels: 3 });
    expect([scales, of(7, 2), of(7, 3)]).toEqual([2, 0, 1]);
  });

  it('blocks of 5 inputs: three in each channel', () => {
    const { scales, of } = groups({ inputs: 5 });
    expect([scales, of(4, 1), of(5, 1), of(11, 3)]).toEqual([12, 1, 5, 11]);
  });

  it('axes: height and width repeat their scales, input channels within each place', () => {
    // Inputs are numbered height × 6 + width × 3 + input channel.
    const height = groups({ axis: 0 });
    expect([height.scales, height.of(0, 0), height.of(5, 3), height.of(6, 0), height.of(11, 3)]).toEqual([2, 0, 0, 1, 1]);
    const width = groups({ axis: 1 });
    expect([width.scales, width.of(2, 0), width.of(3, 0), width.of(6, 1), width.of(11, 2)]).toEqual([2, 0, 1, 0, 1]);
    const inputs = groups({ axis: 2 });
    expect([inputs.scales, inputs.of(0, 0), inputs.of(4, 3), inputs.of(11, 1)]).toEqual([3, 0, 1, 2]);
    const outputs = groups({ axis: 3 });
    expect([outputs.scales, outputs.of(0, 0), outputs.of(7, 3)]).toEqual([4, 0, 3]);
  });

  it('axis 0 of dense weights is one scale for each input, of a bias for each number', () => {
    const dense = scaleGrid([5, 3], { axis: 0 });
    expect([dense.scales, scaleOf(dense, 2), scaleOf(dense, 3), scaleOf(dense, 14)]).toEqual([5, 0, 1, 4]);
    const bias = scaleGrid([4], { axis: 0 });
    expect([bias.scales, scaleOf(bias, 0), scaleOf(bias, 3)]).toEqual([4, 0, 3]);
  });

  it('an axis groups exactly the elements that have the same index on it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), fc.nat(3), (shape, n) => {
        const axis = n % shape.length;
        const grid = scaleGrid(shape, { axis });
        const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
        expect(grid.scales).toBe(shape[axis]);
        for (let i = 0; i < shape.reduce((a, b) => a * b, 1); i++) expect(scaleOf(grid, i)).toBe(Math.floor(i / inner) % shape[axis]!);
      }),
    );
  });

  it('a group of none is refused, and an axis that is not there', () => {
    expect(() => scaleGrid(shape, { axis: 4 })).toThrow('A tensor of 4 axes has no axis 4.');
    expect(() => scaleGrid(shape, { axis: -1 })).toThrow(RangeError);
    expect(() => scaleGrid(shape, { inputs: 0 })).toThrow(RangeError);
    expect(() => scaleGrid(shape, { channels: 1.5 })).toThrow(RangeError);
  });
});

/** Zero, or a magnitude far from float32's underflow. */
const weight = fc.double({ min: -10, max: 10, noNaN: true }).map((x) => (Math.abs(x) < 1e-12 ? 0 : x));
const matrix = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 6 })).chain(([inputs, outputs]) =>
  fc.tuple(
    fc.constant([inputs, outputs]),
    fc.array(weight, { minLength: inputs * outputs, maxLength: inputs * outputs }).map((values) => Float32Array.from(values)),
  ),
);
const stream = { seed: 3, purpose: 5, step: 1 };

it('one block is the quantizer of the whole tensor', () => {
  fc.assert(
    fc.property(matrix, fc.integer({ min: 2, max: 8 }), ([shape, values], bits) => {
      const grid = scaleGrid(shape, 'tensor');
      const scales = groupScales(values, grid, bits);
      expect(scales[0]).toBe(symmetricScale(values, bits));
      expect(quantizeGroups(values, scales, grid, bits, 'nearest-even')).toEqual(quantize(values, scales[0]!, bits));
    }),
  );
});

it('every rounding stays within a step, and smaller blocks never have larger scales', () => {
  fc.assert(
    fc.property(matrix, fc.constantFrom(...roundings), fc.integer({ min: 2, max: 8 }), ([shape, values], rounding, bits) => {
      const whole = symmetricScale(values, bits);
      for (const granularity of ['tensor', 'channel', { channels: 2 }, { inputs: 3 }] satisfies Granularity[]) {
        const grid = scaleGrid(shape, granularity);
        const scales = groupScales(values, grid, bits);
        const result = dequantizeGroups(quantizeGroups(values, scales, grid, bits, rounding, stream), scales, grid);
        for (const [i, value] of values.entries()) {
          const scale = scales[scaleOf(grid, i)]!;
          expect(scale).toBeLessThanOrEqual(whole);
          expect(Math.abs(result[i]! - value)).toBeLessThanOrEqual(scale * 1.00001);
        }
      }
    }),
  );
});

it('stochastic rounding without a stream is refused', () => {
  const grid = scaleGrid([2], 'tensor');
  expect(() => quantizeGroups(Float32Array.of(1, 2), Float32Array.of(1), grid, 4, 'stochastic')).toThrow(RangeError);
});

it.each(['tensor', 'channel', { channels: 3 }, { inputs: 8 }, { axis: 0 }, { axis: 1 }] satisfies Granularity[])(
  'blocks by %o have their counts',
  (granularity) => {
    const grid = scaleGrid([3, 5, 7], granularity);
    const counts = new Float32Array(grid.scales);
    for (let i = 0; i < 105; i++) counts[scaleOf(grid, i)]! += 1;
    expect(blockCounts(105, grid)).toEqual(counts);
  },
);

it('blocks hold their values in order; together they are the tensor', () => {
  const grid = scaleGrid([3, 2], { inputs: 2 });
  const blocks = blockValues(Float32Array.of(0, 1, 2, 3, 4, 5), grid);
  expect(blocks.map((block) => [...block])).toEqual([[0, 2], [1, 3], [4], [5]]);
});
