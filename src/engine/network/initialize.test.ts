import { describe, expect, test } from 'vitest';
import { parametersOf } from '../../experiment/operators/layers';
import type { Initializer } from '../../experiment/operators/operator';
import { initialValues } from './initialize';

const input = { height: 10, width: 10, channels: 2 };

function kernel(init: Initializer, index = 0, seed = 1): Float32Array {
  const [spec] = parametersOf([{ type: 'conv', name: 'conv1', filters: 60, kernel: 5, padding: 'same', init }], input);
  if (!spec) throw new Error('no kernel');
  return initialValues(spec, index, seed);
}

/** Mean and standard deviation of 3,000 values. */
function moments(values: Float32Array): [number, number] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length)];
}

describe('initial weights', () => {
  // A 5 × 5 window over 2 channels, 60 filters: fan in 50, fan out 1,500.
  const cases: readonly [string, Initializer, number][] = [
    ['Glorot normal: variance 2 / (fan in + fan out)', 'glorotNormal', Math.sqrt(2 / 1550)],
    ['Glorot uniform: the same variance', 'glorotUniform', Math.sqrt(2 / 1550)],
    ['He normal: variance 2 / fan in', 'heNormal', Math.sqrt(2 / 50)],
    ['normal, with its own deviation', { normal: 0.05 }, 0.05],
  ];
  for (const [name, init, std] of cases)
    test(name, () => {
      const values = kernel(init);
      const [mean, deviation] = moments(values);
      expect(values).toHaveLength(3000);
      expect(Math.abs(mean) / std).toBeLessThan(3 / Math.sqrt(3000));
      expect(Math.abs(deviation / std - 1)).toBeLessThan(3 / Math.sqrt(2 * 3000));
    });

  test('Glorot uniform stays within ± √(6 / (fan in + fan out)) and comes near both ends', () => {
    const limit = Math.sqrt(6 / 1550);
    const values = kernel('glorotUniform');
    expect(Math.max(...values)).toBeLessThanOrEqual(limit);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-limit);
    expect(Math.max(...values)).toBeGreaterThan(0.98 * limit);
    expect(Math.min(...values)).toBeLessThan(-0.98 * limit);
  });

  test('depend on the seed and on the place in the model, and on nothing else', () => {
    const first = kernel('heNormal');
    expect(kernel('heNormal')).toEqual(first);
    expect(kernel('heNormal', 1)).not.toEqual(first);
    expect(kernel('heNormal', 0, 2)).not.toEqual(first);
  });

  test('of biases and batch norm: 0, but 1 for gamma and variance', () => {
    const layers = [
      { type: 'dense', name: 'fc1', units: 2, init: 'heNormal' },
      { type: 'batchNorm', name: 'bn1', momentum: 0.9, epsilon: 0.001 },
    ] as const;
    const found = parametersOf(layers, input).map((spec, index) => [spec.role, [...new Set(initialValues(spec, index, 1))].slice(0, 2)]);
    expect(Object.fromEntries(found.slice(1))).toEqual({ bias: [0], gamma: [1], beta: [0], mean: [0], variance: [1] });
  });
});
