import { describe, expect, test } from 'vitest';
import { scaleMap } from '../../numerics/inspection/scale-map';
import { type Granularity, scaleGrid } from '../../numerics/scales/scale-grid';
import { blockAtPixel, blockRange, blockReadout, granularitySummary, mapPixels, matrixSize, shareOf } from './granularity-layout';

const shape = [40, 3];
const mapOf = (granularity: Granularity, of: readonly number[] = shape, limit = 128) => {
  const count = of.reduce((a, b) => a * b, 1);
  const scales = Float32Array.from({ length: scaleGrid(of, granularity).scales }, (_, i) => (i + 1) / 8);
  return scaleMap({ kind: 'uniform', bits: 4, codes: new Int32Array(count), scales, granularity }, of, limit)!;
};

test('the picture has the shape of the matrix within limits', () => {
  expect(matrixSize(mapOf('tensor', [300, 300]), 120)).toEqual({ width: 120, height: 120 });
  expect(matrixSize(mapOf('tensor', [784, 10]), 120).height).toBe(150);
  expect(matrixSize(mapOf('tensor', [4, 400]), 120).height).toBe(56);
});

test('each pixel has the colour of its block', () => {
  const map = mapOf('channel');
  const bytes = mapPixels(map, 3, 2, (share) => [Math.round(share * 100), 0, 0]);
  expect([...bytes].filter((_, i) => i % 4 === 0)).toEqual([0, 50, 100, 0, 50, 100]);
  expect([...bytes].filter((_, i) => i % 4 === 3)).toEqual([255, 255, 255, 255, 255, 255]);
  expect(shareOf(mapOf('tensor'), 0.125)).toBe(0.5);
});

describe('blocks', () => {
  test('reach to the edge of the matrix and no further', () => {
    const map = mapOf({ inputs: 16 });
    expect(blockRange(map, 0)).toEqual({ input: 0, inputs: 16, output: 0, outputs: 1 });
    expect(blockRange(map, 8)).toEqual({ input: 32, inputs: 8, output: 2, outputs: 1 });
    expect(blockReadout(map, 8)).toBe('inputs 33 to 40, output 3 · scale 1.13');
  });

  test('are named by what they do not share', () => {
    expect(blockReadout(mapOf('tensor'), 0)).toBe('all weights · scale 0.125');
    expect(blockReadout(mapOf('channel'), 1)).toBe('output 2 · scale 0.250');
    expect(blockReadout(mapOf({ axis: 0 }), 4)).toBe('input 5 · scale 0.625');
  });

  test('are found under the pointer', () => {
    const map = mapOf({ inputs: 16 });
    expect(blockAtPixel(map, 0.99, 0.99)).toBe(8);
    expect(blockAtPixel(map, 0.4, 0.1)).toBe(1);
    expect(blockAtPixel(map, 1.01, 0.5)).toBeNull();
  });
});

test('in words: how many, from where to where, and what they cost', () => {
  expect(granularitySummary(mapOf('tensor'), 120, 32)).toBe(
    '40 inputs × 3 outputs share one scale, 0.125: 32 bits in the file, 0.27 for each weight.',
  );
  expect(granularitySummary(mapOf('channel'), 120, 96)).toContain('have 3 scales from 0.125 to 0.375: 96 bits in the file');
});
