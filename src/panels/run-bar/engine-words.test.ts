import { expect, test } from 'vitest';
import { adapterWords, offerWords } from './engine-words';

test('a program on the CPU is never named as if it were a graphics card', () => {
  expect(adapterWords({ name: 'webgpu', adapter: 'google swiftshader' })).toBe('Runs on the CPU');
  expect(adapterWords({ name: 'wasm', adapter: '' })).toBe('Runs on the CPU');
  expect(adapterWords({ name: 'webgpu', adapter: 'nvidia hopper' })).toBe('Runs on the graphics card: nvidia hopper');
  expect(adapterWords({ name: 'webgl', adapter: '' })).toBe('Runs on the graphics card');
  expect(offerWords({ name: 'webgpu', adapter: 'google swiftshader', problem: '' })).toBe('CPU, no graphics card');
  expect(offerWords({ name: 'webgl', adapter: 'ANGLE (Intel)', problem: '' })).toBe('graphics card');
});
