import { expect, test } from 'vitest';
import { fromFragment } from '../link/url';
import { isLarge, isLong, runCost } from './run-cost';

const of = (link: string) => fromFragment(link).experiment;
const on = (name: 'webgpu' | 'wasm' | 'cpu', adapter = '') => ({ name, adapter });

test('one dense layer: 784 × 10 products, three passes, batch 100, 1,000 steps', () => {
  const cost = runCost(of('v=1&d=mnist&m=mlp,widths:10&train=steps:1000,batch:100'), on('cpu'));
  // (784 × 10 + 10 × 10) × 3 × 100 at 10⁸ a second.
  expect(cost.stepSeconds).toBeCloseTo(0.02382, 6);
  expect(cost.seconds).toBeCloseTo(23.82, 3);
});

test('stages that are off or do not train cost nothing; rounds count', () => {
  const once = runCost(of('v=1&d=mnist&m=mlp,widths:10&train=steps:100'), on('wasm')).seconds;
  expect(runCost(of('v=1&d=mnist&m=mlp,widths:10&train=steps:100&quantize=bits:2'), on('wasm')).seconds).toBe(once);
  expect(runCost(of('v=1&d=mnist&m=mlp,widths:10&repeat=rounds:3,of:1&train=steps:100'), on('wasm')).seconds).toBeCloseTo(3 * once, 9);
  expect(runCost(of('v=1&d=mnist&m=mlp,widths:10'), on('wasm'))).toEqual({ seconds: 0, stepSeconds: 0, bytes: 0 });
});

test('conv-6, batch 1,024, 200,000 steps in plain JavaScript: both are said before', () => {
  const cost = runCost(of('v=1&d=cifar10&m=conv-6&train=steps:200000,batch:1024'), on('cpu'));
  expect(isLong(cost)).toBe(true);
  expect(isLarge(cost)).toBe(true);
  expect(cost.bytes).toBeLessThan(4 * 2 ** 30);
  expect(isLong(runCost(of('v=1&d=cifar10&m=conv-6&train=steps:2000,batch:64'), on('webgpu', 'nvidia hopper')))).toBe(false);
});

test('the default experiment is neither, on every backend, software adapters too', () => {
  for (const backend of [on('webgpu', 'google swiftshader'), on('webgpu'), on('wasm'), on('cpu')]) {
    const cost = runCost(of('v=1&d=mnist&m=lenet-300-100&train&quantize'), backend);
    expect([isLong(cost), isLarge(cost)]).toEqual([false, false]);
  }
});
