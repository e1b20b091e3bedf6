import { expect, test } from 'vitest';
import { parsePassport } from '../../experiment/link/passport';
import { keptRunOf } from '../../experiment/testing/kept-run';
import type { BackendName } from '../../experiment/types/events';
import { outcomeWords } from './outcome-words';

const passport = parsePassport(`${'a'.repeat(16)}.9761.wasm`);
const record = (testAccuracy: number, digit: string, name: BackendName = 'wasm') =>
  keptRunOf({}, { testAccuracy, digest: digit.repeat(64), backend: { name, adapter: '', reasons: [] } }).record;
const say = (...args: Parameters<typeof outcomeWords>) => {
  const { title, sentence } = outcomeWords(...args);
  return `${title} ${sentence}`.replaceAll('\u00a0', ' ');
};

test('says what the link promises, before and after the run', () => {
  expect(say(null, null, 0)).toContain('its passport is damaged');
  expect(say(passport, null, 0)).toBe(' This link contains a result: 97.61 % on WebAssembly. Run it to check that it reproduces.');
  expect(say(passport, record(0.9761, 'a'), 10_000)).toBe(
    'Reproduced. 97.61 % here, on WebAssembly; 97.61 % in the link, on WebAssembly. Model file and predictions are the same, bit for bit.',
  );
});

test('states the tolerance and both numbers', () => {
  expect(say(passport, record(0.975, 'b', 'webgpu'), 10_000)).toBe(
    'Within tolerance. 97.50 % here, on WebGPU; 97.61 % in the link, on WebAssembly: 0.11 points apart, within the tolerance of ' +
      '0.66 points, three standard errors on 10,000 test images. Another device rounds differently.',
  );
  expect(say(passport, record(0.9, 'b', 'webgpu'), 10_000)).toMatch(/^Differs\. .*: 7\.61 points apart, more than the tolerance of/);
  expect(say(passport, record(0.9761, 'b'), 10_000)).toMatch(/0\.00 points apart, and the model file or the predictions differ/);
});
