import { beforeEach, expect, test } from 'vitest';
import { setAddress, setInterface, useExperiment } from '../experiment/experiment-store';
import { closeView, openView, viewOf } from './views';

let pushed = 0;

beforeEach(() => {
  pushed = 0;
  setAddress({ fragment: () => '', push: () => pushed++, replace: () => undefined });
  for (const key of Object.keys(useExperiment.getState().rest)) setInterface(key, null);
});

test('a view is open while its key is in the address, and each opening is a step of Back', () => {
  expect(viewOf(useExperiment.getState().rest)).toBeUndefined();
  openView('sweep', 'seed:1,2');
  expect(viewOf(useExperiment.getState().rest)).toBe('sweep');
  expect(useExperiment.getState().rest.sweep).toBe('seed:1,2');
  openView('sweep');
  expect([useExperiment.getState().rest.sweep, pushed]).toEqual(['seed:1,2', 1]);
  closeView();
  expect([viewOf(useExperiment.getState().rest), pushed]).toEqual([undefined, 2]);
});
