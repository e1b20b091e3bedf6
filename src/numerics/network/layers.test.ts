import { describe, expect, it } from 'vitest';
import { dot, numericalGradient, someValues } from '../testing/finite-differences';
import { activations, type ConvShape, conv, convGradient, dense, denseGradient, maxPool, maxPoolGradient } from './layers';

function expectClose(actual: Float64Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i] as number, 7);
}

describe('dense', () => {
  it('multiplies rows by the weights and adds the bias', () => {
    // [1 2] [1 2 3; 4 5 6] = [9 12 15]
    expect([...dense(Float32Array.of(1, 2, 0, 1), Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(10, 20, 30))]).toEqual([
      19, 32, 45, 14, 25, 36,
    ]);
  });

  it('has the gradients that finite differences give', () => {
    const [x, weights, bias, dy] = [someValues(6, 0), someValues(12, 1), someValues(4, 2), someValues(8, 3)];
    const { dx, dWeights, dBias } = denseGradient(x, weights, 4, dy);
    expectClose(
      dx,
      numericalGradient((a) => dot(dense(a, weights, bias), dy), x),
    );
    expectClose(
      dWeights,
      numericalGradient((k) => dot(dense(x, k, bias), dy), weights),
    );
    expectClose(
      dBias,
      numericalGradient((b) => dot(dense(x, weights, b), dy), bias),
    );
  });
});

describe('conv', () => {
  const image: ConvShape = { batch: 1, height: 3, width: 3, channels: 1, filters: 1, window: 2, padding: 'valid' };
  const x = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const weights = Float32Array.of(1, 10, 100, 1000);

  it('valid: correlates without flipping the weights', () => {
    expect([...conv(x, weights, Float32Array.of(0), image)]).toEqual([5421, 6532, 8754, 9865]);
  });

  it('same: an even window pads below and right only', () => {
    const y = conv(x, weights, Float32Array.of(0.5), { ...image, padding: 'same' });
    expect([...y]).toEqual([5421.5, 6532.5, 603.5, 8754.5, 9865.5, 906.5, 87.5, 98.5, 9.5]);
  });

  it('same: an odd window pads on all sides', () => {
    const ones = new Float32Array(9).fill(1);
    expect([...conv(x, ones, Float32Array.of(0), { ...image, window: 3, padding: 'same' })]).toEqual([12, 21, 16, 27, 45, 33, 24, 39, 28]);
  });

  it.each(['same', 'valid'] as const)('%s: has the gradients that finite differences give', (padding) => {
    const shape: ConvShape = { batch: 2, height: 4, width: 3, channels: 2, filters: 3, window: 3, padding };
    const outputs = padding === 'same' ? 2 * 4 * 3 * 3 : 2 * 2 * 1 * 3;
    const [a, k, b, dy] = [someValues(48, 0), someValues(54, 1), someValues(3, 2), someValues(outputs, 3)];
    const { dx, dWeights, dBias } = convGradient(a, k, dy, shape);
    expectClose(
      dx,
      numericalGradient((v) => dot(conv(v, k, b, shape), dy), a),
    );
    expectClose(
      dWeights,
      numericalGradient((v) => dot(conv(a, v, b, shape), dy), k),
    );
    expectClose(
      dBias,
      numericalGradient((v) => dot(conv(a, k, v, shape), dy), b),
    );
  });
});

describe('maxPool', () => {
  it('takes the first maximum of each window and drops what does not fill one', () => {
    const shape = { batch: 1, height: 3, width: 5, channels: 1, size: 2 };
    const x = Float32Array.of(1, 7, 4, 4, 9, 7, 2, 3, 4, 9, 9, 9, 9, 9, 9);
    const { y, from } = maxPool(x, shape);
    expect([...y]).toEqual([7, 4]);
    expect([...from]).toEqual([1, 2]);
    const dx = maxPoolGradient(from, Float64Array.of(10, 20), x.length);
    expect([...dx]).toEqual([0, 10, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('has the gradient that finite differences give, with channels and a batch', () => {
    const shape = { batch: 2, height: 4, width: 4, channels: 3, size: 2 };
    const x = someValues(96, 0);
    const dy = someValues(24, 1);
    expectClose(
      maxPoolGradient(maxPool(x, shape).from, dy, x.length),
      numericalGradient((v) => dot(maxPool(v, shape).y, dy), x),
    );
  });
});

describe('activations', () => {
  it.each(['relu', 'tanh', 'sigmoid'] as const)('%s has the slope that finite differences give', (name) => {
    const x = someValues(9, 0.3).map((value) => 3 * value);
    expectClose(
      x.map(activations[name].slope),
      numericalGradient((v) => v.map(activations[name].value).reduce((a, b) => a + b, 0), x),
    );
  });

  it('gives known values at 0', () => {
    expect(activations.relu.slope(0)).toBe(0);
    expect(activations.sigmoid.value(0)).toBe(0.5);
    expect(activations.tanh.value(0)).toBe(0);
  });
});
