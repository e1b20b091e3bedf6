import { expect, test } from 'vitest';
import { Pulse } from './pulse';

const looks = (pulse: Pulse, count: number, stepSeconds = 0) => Array.from({ length: count }, () => pulse.look(stepSeconds));

test('ten looks without a sign of life are allowed, and one sign begins anew', () => {
  const pulse = new Pulse();
  pulse.heard();
  expect(looks(pulse, 10)).not.toContain(true);
  pulse.heard();
  expect(looks(pulse, 10)).not.toContain(true);
  expect(pulse.look(0)).toBe(true);
});

test('one that was never heard is still being loaded', () => {
  const pulse = new Pulse();
  expect(looks(pulse, 1000)).not.toContain(true);
  pulse.heard();
  expect(looks(pulse, 11).at(-1)).toBe(true);
  pulse.restart();
  expect(looks(pulse, 1000)).not.toContain(true);
});

test('a step of a minute may be ten minutes late: 300 looks', () => {
  const pulse = new Pulse();
  pulse.heard();
  expect(looks(pulse, 300, 60)).not.toContain(true);
  expect(pulse.look(60)).toBe(true);
});
