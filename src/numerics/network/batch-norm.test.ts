import { describe, expect, it } from 'vitest';
import { dot, numericalGradient, someValues } from '../testing/finite-differences';
import { batchNorm, batchNormGradient, batchStatistics, updateMoving } from './batch-norm';

describe('batch normalization', () => {
  it('gives the known answer on two channels', () => {
    // Channel 0: 1, 3 (mean 2, variance 1); channel 1: 10, 16 (mean 13, variance 9).
    const x = Float32Array.of(1, 10, 3, 16);
    const statistics = batchStatistics(x, 2);
    expect([...statistics.mean]).toEqual([2, 13]);
    expect([...statistics.variance]).toEqual([1, 9]);
    const y = batchNorm(x, Float32Array.of(2, 1), Float32Array.of(0, 5), statistics, 0);
    expect([...y]).toEqual([-2, 4, 2, 6]);
    // With ε = 3 channel 0 is divided by 2.
    expect(batchNorm(x, Float32Array.of(2, 1), Float32Array.of(0, 5), statistics, 3)[0]).toBe(-1);
  });

  it('moves averages', () => {
    const moving = Float32Array.of(0, 4);
    updateMoving(moving, Float64Array.of(10, 0), 0.75);
    expect([...moving]).toEqual([2.5, 3]);
  });

  it('has the gradients that finite differences give', () => {
    const channels = 2;
    const epsilon = 1e-3;
    const x = someValues(10, 0);
    const gamma = Float64Array.of(0.5, -1.5);
    const beta = Float64Array.of(0.1, 0.2);
    const dy = someValues(10, 3);
    const loss = (a: Float64Array, g: Float64Array, b: Float64Array) => dot(batchNorm(a, g, b, batchStatistics(a, channels), epsilon), dy);
    const { dx, dGamma, dBeta } = batchNormGradient(x, gamma, dy, epsilon);
    const expected = {
      dx: numericalGradient((a) => loss(a, gamma, beta), x),
      dGamma: numericalGradient((g) => loss(x, g, beta), gamma),
      dBeta: numericalGradient((b) => loss(x, gamma, b), beta),
    };
    for (const [i, value] of dx.entries()) expect(value).toBeCloseTo(expected.dx[i] as number, 7);
    for (const [i, value] of dGamma.entries()) expect(value).toBeCloseTo(expected.dGamma[i] as number, 7);
    for (const [i, value] of dBeta.entries()) expect(value).toBeCloseTo(expected.dBeta[i] as number, 7);
  });
});
