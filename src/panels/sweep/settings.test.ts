import { describe, expect, test } from 'vitest';
import { parseAxis } from '../../experiment/sweep/axis';
import { pointsOf } from '../../experiment/sweep/sweep';
import { recordedSweepOf } from '../../experiment/testing/recorded-sweep';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { firstX, lineAxis, timedTogether } from './picture';
import { bestAtMost, limitsOf, type Setting, settingsFront, settingsOf, sortedSettings } from './settings';

const { sweep, runs } = recordedSweepOf('pareto-bits-mnist');
/** The first two settings: 2 bits without and with training, three seeds each. */
const chosen = runs.slice(0, 6).map((run, i) => {
  const testAccuracy = [0.2, 0.3, 0.4, 0.9, 0.9, 0.9][i] ?? 0;
  const ledger = { ...run.record.ledger, totalBits: 2050, weights: 1000, denseBits: 32_800 };
  return { ...run, record: { ...run.record, testAccuracy, ledger } };
});
const held: HeldSweep = {
  kept: { id: 's', createdAt: '', sweep, note: '', state: 'done', failed: {} },
  points: pointsOf(sweep),
  runs: Object.fromEntries(chosen.map((run, i) => [i, run])),
  active: {},
};
const setting = (key: string, accuracy: number, bits: number): Setting => ({
  ...{ key, ticks: [], indices: [], runs: [runs[0]!], accuracy, spread: Number.NaN, bits, times: 32 / bits },
});

describe('settings', () => {
  test('have mean and sample standard deviation over their seeds; those without a run have none', () => {
    const settings = settingsOf(held);
    expect(settings.length).toBe(held.points.length / 3);
    expect(new Set(settings.map(({ indices }) => indices.length))).toEqual(new Set([3]));
    const [untrained, trained, third] = settings;
    expect(untrained?.accuracy).toBeCloseTo(0.3, 12);
    expect(untrained?.spread).toBeCloseTo(0.1, 12);
    expect([trained?.accuracy, trained?.spread].map((x) => x?.toFixed(9))).toEqual(['0.900000000', '0.000000000']);
    expect([untrained?.bits, untrained?.times]).toEqual([2.05, 16]);
    expect([third?.accuracy, third?.spread, third?.bits]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect([...settingsFront(settings)]).toEqual([trained?.key]);
  });

  test('the best at most so many bits: the most accurate, of equals the smaller', () => {
    const all = [setting('a', 0.9, 2.05), setting('b', 0.95, 4.1), setting('c', 0.95, 3.071), setting('d', 0.99, 8)];
    expect(limitsOf(all)).toEqual([2.05, 3.08, 4.1, 8]);
    expect([2, 2.05, 3.08, 4.1, 100].map((limit) => bestAtMost(all, limit)?.key)).toEqual([undefined, 'a', 'c', 'c', 'd']);
  });

  test('every offered limit has a best', () => {
    const settings = settingsOf(held);
    for (const limit of limitsOf(settings)) expect(bestAtMost(settings, limit)).toBeDefined();
  });

  test('are sorted by any column, both ways; those without a result stay last', () => {
    const all = [setting('a', 0.9, 4), setting('b', 0.95, 2), setting('c', Number.NaN, Number.NaN), setting('d', 0.9, 8)];
    const order = (by: 'accuracy' | 'bits' | 'times', down: boolean) =>
      sortedSettings(all, { by, down }, () => 0)
        .map(({ key }) => key)
        .join('');
    expect(order('accuracy', true)).toBe('badc');
    expect(order('accuracy', false)).toBe('adbc');
    expect(order('bits', false)).toBe('badc');
    expect(order('times', false)).toBe('dabc');
    const places = settingsOf(held).slice(0, 3);
    const byMethod = sortedSettings(places, { by: 1, down: true }, (_, tick) => tick);
    expect(byMethod.map(({ ticks }) => ticks[1])).toEqual([2, 1, 0]);
  });
});

describe('what the x axis counts at first', () => {
  test('bits per weight; what was varied where all cost the same', () => {
    expect(firstX(held)).toBe('axis-0');
    const dearer = { ...chosen[0]!, record: { ...chosen[0]!.record, ledger: { ...chosen[0]!.record.ledger, totalBits: 4000 } } };
    expect(firstX({ ...held, runs: { ...held.runs, 7: dearer } })).toBe('bits-per-weight');
    expect(firstX({ ...held, runs: {} })).toBe('bits-per-weight');
  });

  test('lines go along numbers: the bits over a cost, never along words', () => {
    const axes = ['train.lr:1,2,3,4', 'quantize.bits:2,3', 'quantize.method:ste,lsq', 'seed:1..9'].map(parseAxis);
    expect(lineAxis(axes, 'bytes')).toBe(1);
    expect(lineAxis(axes, 'axis-0')).toBe(0);
    expect(lineAxis(axes, 'axis-2')).toBeUndefined();
    expect(lineAxis(axes.slice(2), 'bytes')).toBeUndefined();
    const joined = ['2.on+3.on:yes+no,no+yes', 'prune.amount+quantize.bits:80+8,90+4'].map(parseAxis);
    expect(lineAxis(joined, 'rate')).toBe(1);
    expect(lineAxis(joined, 'axis-1')).toBeUndefined();
  });
});

test('times compare where all were measured on one backend, by this page or in one recording', () => {
  expect(timedTogether(held, 'recorded')).toBe(true);
  expect(timedTogether(held, 'live')).toBe(false);
  const other = { ...chosen[0]!, record: { ...chosen[0]!.record, backend: { ...chosen[0]!.record.backend, name: 'webgpu' as const } } };
  expect(timedTogether({ runs: { ...held.runs, 0: other } }, 'recorded')).toBe(false);
  expect(timedTogether({ runs: { ...held.runs, 0: { ...chosen[0]!, origin: 'imported' } } }, 'recorded')).toBe(false);
});
