import { beforeEach, expect, test } from 'vitest';
import { fromFragment } from '../../experiment/link/url';
import { setAddress, setInterface, useExperiment } from '../experiment/experiment-store';
import { closeView, openView, viewKeys, viewOf } from './views';

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

test.each(viewKeys)('a link may open the view %s', (key) => {
  const { problems, rest } = fromFragment(`v=1&d=mnist&m=lenet-300-100&train&${key}=`);
  expect(problems).toEqual([]);
  expect(viewOf(rest)).toBe(key);
});
