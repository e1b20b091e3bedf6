import { beforeEach, expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { parseAxis } from '../../experiment/sweep/axis';
import { pointsOf } from '../../experiment/sweep/sweep';
import { setAddress, useExperiment } from '../../state/experiment/experiment-store';
import { type HeldSweep, newSweep } from '../../state/sweep/sweep-store';
import { openPoint } from './open-point';

const sweep = { name: '', experiment: { ...defaultExperiment(), seed: 7 }, axes: [parseAxis('quantize.bits:3,99')] };
const held: HeldSweep = { kept: newSweep(sweep, 's', ''), points: pointsOf(sweep), runs: {}, active: {} };

beforeEach(() => {
  setAddress({ fragment: () => '', push: () => {}, replace: () => {} });
  useExperiment.setState({ experiment: defaultExperiment(), rest: { sweep: 'quantize.bits:3,99' } });
});

test('a point that can be run comes onto the screen in place of the sweep', () => {
  openPoint(held, 0);
  expect(useExperiment.getState().experiment).toEqual(held.points[0]?.experiment);
  expect(useExperiment.getState().rest).toEqual({});
});

test('one that cannot be run leaves the screen as it is: it has no experiment', () => {
  const before = useExperiment.getState();
  openPoint(held, 1);
  expect(useExperiment.getState()).toBe(before);
});
