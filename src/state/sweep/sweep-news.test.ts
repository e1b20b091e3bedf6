import { expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { parseAxis } from '../../experiment/sweep/axis';
import { pointsOf } from '../../experiment/sweep/sweep';
import { sweepSign } from './sweep-news';
import { type HeldSweep, newSweep } from './sweep-store';

const sweep = { name: '', experiment: defaultExperiment(), axes: [parseAxis('quantize.bits:2,3,99')] };
const held = (state: HeldSweep['kept']['state'], runs: number): HeldSweep => ({
  kept: { ...newSweep(sweep, 's', ''), state },
  points: pointsOf(sweep),
  runs: Object.fromEntries(Array.from({ length: runs }, (_, i) => [i, {} as HeldSweep['runs'][number]])),
  active: {},
});
const none = { progress: '', news: '' };

test('reports how far the sweep is that runs, failures counted as tried, and once its result', () => {
  const begun = sweepSign(none, [held('running', 1)], []);
  expect(begun).toEqual({ progress: '2/3', news: '' });
  expect(sweepSign(begun, [held('running', 1)], [held('running', 1)])).toBe(begun);
  const done = sweepSign(begun, [held('done', 2)], [held('running', 2)]);
  expect(done).toEqual({ progress: '', news: 'The sweep is done: 2 of 3 runs, 1 failed.' });
  expect(sweepSign(done, [held('done', 2)], [held('done', 2)])).toBe(done);
  expect(sweepSign(done, [held('running', 2)], [held('done', 2)]).news).toBe('');
});

test('one that is paused or removed has no news', () => {
  expect(sweepSign({ progress: '2/3', news: '' }, [held('paused', 1)], [held('running', 1)])).toEqual(none);
  expect(sweepSign({ progress: '2/3', news: '' }, [], [held('running', 1)])).toEqual(none);
});
