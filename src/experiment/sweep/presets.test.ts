import { describe, expect, test } from 'vitest';
import { defaultExperiment } from '../program/defaults';
import { setField } from '../program/edit';
import { axisChoices } from './choices';
import { paceOf, sweepCost } from './cost';
import { axesLink, axisTexts, parseAxes, shortAxisText } from './link';
import { stepsToTrain } from './order';
import { sweepPresetById, sweepPresets } from './presets';
import { pointsOf } from './sweep';

const counts: Readonly<Record<string, readonly [runs: number, steps: number]>> = {
  'pareto-bits-mnist': [84, 3 * 2000 + 45 * 500],
  'granularity-mnist': [84, 3 * 2000],
  'lottery-lenet': [12, 3 * (5 + 3) * 12_000],
  'prune-quantize-svd': [60, 60 * 300 + 3 * 500],
  'pruning-criteria': [84, 84 * 300 + 6 * 500],
  'sr-vs-rn': [12, 12 * 5500],
  'thesis-pareto-lambda': [15, 15 * 34_375],
  'thesis-pareto-lr': [5, 5 * 34_375],
  'thesis-pareto-penalty': [18, 18 * 34_375],
  'thesis-pareto-lambda-cifar': [5, 5 * 1500],
  'thesis-pareto-lr-cifar': [3, 3 * 1500],
  'thesis-pareto-penalty-cifar': [9, 9 * 1500],
  'thesis-pareto-penalty-cifar-scale': [9, 9 * 500],
};

test.each(sweepPresets.map(({ id }) => [id]))('%s: every point can be run, and all differ', (id) => {
  const points = pointsOf(sweepPresetById(id)!.sweep);
  expect(points.filter(({ problem }) => problem !== '')).toEqual([]);
  expect([points.length, stepsToTrain(points)]).toEqual(counts[id]);
  expect(new Set(points.map(({ experiment }) => JSON.stringify(experiment))).size).toBe(points.length);
});

describe('axes in a link', () => {
  test.each(sweepPresets.map(({ id }) => [id]))('%s survives', (id) => {
    const { axes } = sweepPresetById(id)!.sweep;
    const link = axesLink(axes.map(shortAxisText));
    const read = new URLSearchParams(`sweep=${encodeURIComponent(link)}`).get('sweep') ?? '';
    expect(parseAxes(axisTexts(read))).toEqual(axes);
    expect(parseAxes(axisTexts(link.replaceAll('+', ' ')))).toEqual(axes);
  });

  test('nothing is no axis', () => {
    expect(axisTexts('')).toEqual([]);
    expect(axisTexts(' quantize.bits : 2, 3 ; ')).toEqual(['quantize.bits:2,3']);
  });

  test('a text that holds a semicolon stays one', () => {
    expect(axisTexts(axesLink(['quantize.bits:2;3', 'seed:1']))).toEqual(['quantize.bits:2;3', 'seed:1']);
  });
});

test('every choice of an axis begins with values that can be run', () => {
  for (const experiment of [defaultExperiment(), ...sweepPresets.map(({ sweep }) => sweep.experiment)]) {
    for (const { path, values } of axisChoices(experiment)) {
      const points = pointsOf({ name: '', experiment, axes: parseAxes([`${path}:${values}`]) });
      expect(points.filter(({ problem }) => problem !== '').map(({ problem }) => `${path}: ${problem}`)).toEqual([]);
    }
  }
});

test('a sweep costs what its steps and tests cost on this backend, where that is known', () => {
  const experiment = defaultExperiment();
  const points = pointsOf({ name: '', experiment, axes: parseAxes(['quantize.bits:2,4', 'seed:1,2']) });
  expect(paceOf(experiment, 'wasm', [], [])).toBeNull();
  const summary = { stage: 0, kind: 'train', valAccuracy: 1, testAccuracy: 1, testLoss: 0, totalBits: 1 };
  const own = [
    { ...summary, steps: 100, seconds: 2 },
    { ...summary, steps: 0, seconds: 0.5 },
  ];
  const pace = paceOf(experiment, 'wasm', [], own);
  expect(pace).toEqual({ secondsPerStep: 0.02, secondsPerRun: 0.5 });
  expect(sweepCost(points, pace)).toMatchObject({ runs: 4, steps: 4000, seconds: 82, trainingBytes: 16 * 266_610 });
  const run = { record: { backend: { name: 'webgpu' }, experiment: setField(experiment, 'seed', 9), stages: own } } as never;
  expect(paceOf(experiment, 'webgpu', [run], [])).toEqual(pace);
  expect(paceOf(experiment, 'wasm', [run], [])).toBeNull();
});
