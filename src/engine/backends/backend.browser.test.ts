import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { openBackend } from './backend';
import { backendOffers } from './offers';
import { servedWasmPaths } from './wasm-urls';

// The tests run on a software adapter, like a machine without a graphics card.
const wasmPaths = servedWasmPaths(import.meta.url);

test('without a graphics card WebAssembly is the first choice, and says why', async () => {
  const { name, adapter, reasons, note } = await openBackend({ wasmPaths });
  expect({ name, adapter, reasons }).toEqual({
    name: 'wasm',
    adapter: '',
    reasons: expect.not.arrayContaining([expect.stringMatching(/WebGPU/)]),
  });
  expect(note).toMatch(/^No graphics card was found: WebGPU( and WebGL)? would run on the CPU here, where WebAssembly is faster\.$/);
});

test('one that is asked for is opened, there and back again', async () => {
  for (const only of ['webgpu', 'wasm', 'webgpu'] as const) {
    expect(await openBackend({ only, wasmPaths })).toMatchObject({ name: only, reasons: [] });
    const product = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])));
    expect([...(await product.data())]).toEqual([11]);
    product.dispose();
  }
});

test('the offers name what can be opened here, with its adapter', async () => {
  const offers = await backendOffers();
  expect(offers.map(({ name }) => name)).toEqual(['webgpu', 'webgl', 'wasm', 'cpu']);
  expect(offers.find(({ name }) => name === 'webgpu')).toEqual({ name: 'webgpu', adapter: 'google swiftshader', problem: '' });
  expect(offers.find(({ name }) => name === 'wasm')?.problem).toBe('');
});
