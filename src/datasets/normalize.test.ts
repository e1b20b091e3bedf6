import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { affine, channelStatistics } from './normalize';

const shape = { height: 8, width: 8, channels: 2 };
const dataset = { shape, mean: [0.5, 0.2], std: [0.25, 0.1] };

describe('affine', () => {
  test('raw keeps bytes, unit divides by 255', () => {
    expect(affine(dataset, 'raw')).toEqual({ scale: [1, 1], shift: [0, 0] });
    expect(affine(dataset, 'unit')).toEqual({ scale: [1 / 255, 1 / 255], shift: [0, 0] });
  });

  test('standard takes the mean to 0 and one deviation to 1, per channel', () => {
    const { scale, shift } = affine(dataset, 'standard');
    for (const channel of [0, 1]) {
      const map = (byte: number) => byte * (scale[channel] as number) + (shift[channel] as number);
      const mean = dataset.mean[channel] as number;
      expect(map(mean * 255)).toBeCloseTo(0, 12);
      expect(map((mean + (dataset.std[channel] as number)) * 255)).toBeCloseTo(1, 12);
    }
  });

  test('a channel without variation stays finite', () => {
    const { scale, shift } = affine({ shape, mean: [1, 0], std: [0, 0] }, 'standard');
    expect(scale).toEqual([1 / 255, 1 / 255]);
    expect(255 * (scale[0] as number) + (shift[0] as number)).toBeCloseTo(0, 12);
  });
});

describe('channelStatistics', () => {
  test('known answer', () => {
    // Channel 0: 0 and 255, mean 1/2, deviation 1/2. Channel 1: 51 twice, mean 0.2, deviation 0.
    expect(channelStatistics(Uint8Array.of(0, 51, 255, 51), 2)).toEqual({ mean: [0.5, 51 / 255], std: [0.5, 0] });
  });

  test('standardized pixels have mean 0 and variance 1', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 200 }), (pixels) => {
        const statistics = channelStatistics(pixels, 1);
        fc.pre((statistics.std[0] as number) > 0);
        const { scale, shift } = affine({ ...statistics, shape: { ...shape, channels: 1 } }, 'standard');
        const values = Array.from(pixels, (byte) => byte * (scale[0] as number) + (shift[0] as number));
        const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
        expect(mean).toBeCloseTo(0, 9);
        expect(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length).toBeCloseTo(1, 9);
      }),
    );
  });
});
