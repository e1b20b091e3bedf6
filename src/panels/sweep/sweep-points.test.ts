import { expect, test } from 'vitest';
import { parseAxis } from '../../experiment/sweep/axis';
import { axisNames } from '../../experiment/sweep/axis-names';
import { pointsOf } from '../../experiment/sweep/sweep';
import { recordedSweepOf } from '../../experiment/testing/recorded-sweep';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { ghostPoints } from './ghosts';
import { changedPicture, firstPicture } from './picture';
import { paretoPoints, sweepCostWords } from './sweep-words';

const { sweep, runs } = recordedSweepOf('sr-vs-rn');
const measured = runs.map((run, i) => (i === 1 ? { ...run, record: { ...run.record, nonZeros: 7, macs: 8, inferenceMs: 0.5 } } : run));
const held: HeldSweep = {
  kept: { id: 'recorded-sr-vs-rn', createdAt: '2026-11-21T04:00:00.000Z', sweep, note: '', state: 'done', failed: { 2: 'Out of memory.' } },
  points: pointsOf(sweep),
  runs: Object.fromEntries(measured.flatMap((run) => (run.sweep?.index === 2 ? [] : [[run.sweep?.index ?? 0, run]]))),
  active: {},
};

test('a method that changes together with a stage’s switch gives the name', () => {
  const { sweep: bits } = recordedSweepOf('pareto-bits-mnist');
  const { head, tick } = axisNames(bits.experiment);
  const axis = bits.axes.find(({ paths }) => paths.includes('3.on'))!;
  expect([head(axis), tick(axis, 0), tick(axis, 2)]).toEqual([
    'Weights',
    'Uniform with straight-through estimator (STE), stage 3 off',
    'Learned step (LSQ), stage 3 on',
  ]);
});

test('points have the origin of their runs, and every measure that there is', () => {
  const points = paretoPoints(held);
  expect(points).toHaveLength(12);
  expect(points[0]).toMatchObject({ id: '0', origin: 'recorded', testAccuracy: 0.9, totalBits: 100, seedGroup: '0 0' });
  expect(points[0]).not.toHaveProperty('macs');
  expect(points[1]).toMatchObject({ nonZeros: 7, macs: 8, ms: 0.5, seedGroup: '0 0' });
  expect(points[1]?.label).toBe(`${points[1]?.groupLabel}, Seed 2`);
  expect(points[2]).toMatchObject({ failed: 'Out of memory.', origin: 'live' });
});

test('as ghosts they are named, without groups, and failures stay away', () => {
  const ghosts = ghostPoints({ id: held.kept.id, name: 'Roundings, recorded', recorded: true, runs: 11, held });
  expect(ghosts).toHaveLength(11);
  expect(ghosts[0]).toMatchObject({ id: 'recorded-sr-vs-rn 0', origin: 'ghost', series: 'Roundings, recorded' });
  expect(ghosts[0]?.label).toMatch(/^Roundings, recorded: /);
  expect(ghosts[0]).not.toHaveProperty('groupA');
  expect(ghostPoints({ id: 'x', name: 'x', recorded: true, runs: 1, held: undefined })).toEqual([]);
});

test('colour and shape tell what is not on the x axis; choosing that of the other swaps them', () => {
  const axes = ['quantize.bits:2..4', 'quantize.rounding:nearest,stochastic', 'train.lr:1,2,3,4', 'seed:1,2'].map(parseAxis);
  const first = firstPicture(axes, 'bits-per-weight');
  expect(first).toEqual({ color: 1, shape: 2 });
  expect(firstPicture(axes, 'axis-2')).toEqual({ color: 1, shape: 0 });
  expect(firstPicture(axes.slice(0, 1), 'bytes')).toEqual({ color: 0, shape: undefined });
  expect(firstPicture(axes.slice(0, 1), 'axis-0')).toEqual({ color: undefined, shape: undefined });
  expect(changedPicture(first, 'color', 2)).toEqual({ color: 2, shape: 1 });
  expect(changedPicture(first, 'shape', 0)).toEqual({ color: 1, shape: 0 });
  expect(changedPicture(first, 'shape', undefined)).toEqual({ color: 1, shape: undefined });
  const usual = paretoPoints(held, 'bits-per-weight', { color: 0, shape: 1 })[0];
  const swapped = paretoPoints(held, 'bits-per-weight', { color: 1, shape: 0 })[0];
  expect([usual?.groupA, usual?.groupB]).toEqual([swapped?.groupB, swapped?.groupA]);
  expect(usual?.groupA).not.toBe(usual?.groupB);
});

test('points lie at their place on a swept axis, joined by a line for each other value where it has numbers', () => {
  const { sweep: lambda, runs: own } = recordedSweepOf('thesis-pareto-lambda');
  const thesis = { ...held, kept: { ...held.kept, sweep: lambda, failed: {} }, points: pointsOf(lambda) };
  const all = { ...thesis, runs: Object.fromEntries(own.map((run, i) => [i, run])) };
  const points = paretoPoints(all, 'axis-0');
  expect(points.map(({ step }) => step).slice(0, 4)).toEqual([0, 0, 0, 1]);
  expect(new Set(points.map(({ line }) => line)).size).toBe(3);
  expect(points.map(({ groupA }) => groupA).slice(0, 3)).toEqual(points.map(({ groupA }) => groupA).slice(3, 6));
  expect(paretoPoints(all, 'axis-1')[0]).not.toHaveProperty('line');
});

test('what a sweep takes is said, and where its time was measured', () => {
  const cost = { runs: 4, steps: 4800, seconds: null, keptBytes: 100_000, trainingBytes: 153_000 };
  expect(plain(sweepCostWords(cost))).toBe(
    '4 runs, 4,800 training steps in all, time unknown until the first run. ' +
      'It uses about 100 kB of browser storage; a run needs 153 kB of memory for weights, gradients and optimizer.',
  );
  const elsewhere = sweepCostWords({ ...cost, seconds: 90, trainingBytes: null }, ' on the machine of the recording, on WebAssembly');
  expect(plain(elsewhere)).toMatch(/ in all, about .* on the machine of the recording, on WebAssembly\. .* storage\.$/);
});

/** Without the narrow spaces before units. */
function plain(text: string): string {
  return text.replace(/[\u202f\u00a0]/g, ' ');
}
