import { expect, test } from 'vitest';
import { signActivation, signActivationGradient } from './sign-activation';

const x = Float32Array.of(0.5, -1.5, 0, 2, 0, 0.25, -0.25, 0.5);

test('each image has the mean of its magnitudes; what is not above 0 is negative', () => {
  expect([...signActivation(x, 2)]).toEqual([1, -1, -1, 1, -0.25, 0.25, -0.25, 0.25]);
});

test('its gradient is cut where |x| is above 1', () => {
  expect([...signActivationGradient(x, 2, new Float32Array(8).fill(2))]).toEqual([2, 0, 2, 0, 0.5, 0.5, 0.5, 0.5]);
});
