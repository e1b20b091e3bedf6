import { expect, test } from 'vitest';
import { type LayerSpec, macCount, parametersOf, shapedLayers } from './layers';
import { sumProblem } from './sums';

const input = { height: 4, width: 4, channels: 2 };
const conv = (name: string, filters: number): LayerSpec => ({ type: 'conv', name, filters, kernel: 3, padding: 'same', init: 'heNormal' });

test('what is added must be held before, in the same shape', () => {
  const add: LayerSpec = { type: 'add', from: 'skip1' };
  expect(sumProblem([{ type: 'skip', name: 'skip1', filters: 3 }, conv('conv1', 3), add], input)).toBeNull();
  expect(sumProblem([{ type: 'skip', name: 'skip1' }, conv('conv1', 3), add], input)).toContain('another shape');
  expect(sumProblem([conv('conv1', 2), add, { type: 'skip', name: 'skip1' }], input)).toContain('no layer of that name');
});

test('a projection has 1 × 1 weights and a bias, and costs a product for each pixel; a plain skip has neither', () => {
  const layers: LayerSpec[] = [
    { type: 'skip', name: 'skip1', filters: 5 },
    { type: 'skip', name: 'skip2' },
  ];
  expect(parametersOf(layers, input).map(({ name, shape }) => [name, shape])).toEqual([
    ['skip1/kernel', [1, 1, 2, 5]],
    ['skip1/bias', [5]],
  ]);
  expect(macCount(layers, input)).toBe(16 * 2 * 5);
});

test('global pooling leaves a number for each channel', () => {
  expect(shapedLayers([{ type: 'globalPool' }, { type: 'dense', name: 'fc1', units: 3, init: 'heNormal' }], input)[1]?.input).toEqual([2]);
});
