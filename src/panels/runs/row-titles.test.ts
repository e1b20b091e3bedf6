import { expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { parseAxis } from '../../experiment/sweep/axis';
import { pointsOf } from '../../experiment/sweep/sweep';
import { keptRunOf } from '../../experiment/testing/kept-run';
import { newSweep } from '../../state/sweep/sweep-store';
import { rowTitles } from './row-titles';

const sweep = { name: '', experiment: defaultExperiment(), axes: ['quantize.bits:2,3', 'seed:1,2'].map(parseAxis) };
const heldOf = (name: string) => ({ kept: newSweep({ ...sweep, name }, 's', ''), points: pointsOf(sweep) });
const tick = { id: 's', index: 3 };

test('runs of a sweep are called by their places and its name, others as ever', () => {
  const run = keptRunOf({ sweep: tick });
  expect(rowTitles([heldOf('')])(run)).toBe('Bits 3, Seed 2');
  expect(rowTitles([heldOf('Few bits')])(run)).toBe('Bits 3, Seed 2 · Few bits');
  expect(rowTitles([heldOf('')])({ ...run, name: 'the best' })).toBe('the best');
  const plain = rowTitles([])(run);
  expect(plain).toMatch(/ · MNIST$/);
  expect(rowTitles([heldOf('')])({ ...run, sweep: null })).toBe(plain);
  expect(rowTitles([heldOf('')])({ ...run, sweep: { id: 's', index: 9 } })).toBe(plain);
});
