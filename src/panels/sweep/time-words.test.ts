import { expect, test } from 'vitest';
import { pointsOf } from '../../experiment/sweep/sweep';
import { recordedSweepOf } from '../../experiment/testing/recorded-sweep';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { timeWords } from './time-words';

const { sweep, runs } = recordedSweepOf('sr-vs-rn');
const heldOf = (timed: boolean, origin: 'live' | 'recorded'): HeldSweep => ({
  kept: { id: 's', createdAt: '', sweep, note: '', state: 'done', failed: {} },
  points: pointsOf(sweep),
  runs: Object.fromEntries(
    runs.map((run, i) => {
      const { inferenceMs: _, ...record } = run.record;
      return [i, { ...run, origin, record: timed ? { ...record, inferenceMs: 0.5 } : record }];
    }),
  ),
  active: {},
});

test('says on what each sweep’s times were measured, and that those of others are of another machine', () => {
  const own = { name: 'this sweep', held: heldOf(true, 'live') };
  const other = { name: 'Roundings, recorded', held: heldOf(true, 'recorded') };
  expect(timeWords([own, other, { name: 'not loaded', held: undefined }])).toBe(
    'Times were measured on the machine of each run: this sweep (WebAssembly, in this browser); Roundings, recorded (WebAssembly, perhaps another machine).',
  );
  expect(timeWords([{ name: 'this sweep', held: heldOf(false, 'live') }])).toBe('');
});
