import { expect, test } from 'vitest';
import type { StageSummary } from '../../experiment/types/events';
import { removalWords, speedRows } from './speed-rows';

const summary = (stage: number, kind: string, values: Partial<StageSummary>): StageSummary => ({
  ...{ stage, kind, steps: 0, valAccuracy: 0.9, testAccuracy: 0.9, testLoss: 0.1, totalBits: 8_000_000, seconds: 1 },
  ...values,
});
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('operations, time and file have units, and a ratio to the first stage', () => {
  const rows = speedRows([
    summary(0, 'train', { macs: 266_200, inferenceMs: 0.03124 }),
    summary(1, 'prune', { macs: 266_200, inferenceMs: 0.0311, totalBits: 2_000_000 }),
    summary(2, 'remove', { macs: 73_560, inferenceMs: 0.01, totalBits: 2_360_000 }),
  ]);
  expect(rows.map(({ name, macs, time, file }) => [name, macs, time, file].map(plain))).toEqual([
    ['① train', '266,200', '0.0312 ms', '1.00 MB'],
    ['② prune', '266,200', '0.0311 ms', '250 kB (÷ 4.0)'],
    ['③ remove', '73,560 (÷ 3.6)', '0.0100 ms', '295 kB (÷ 3.4)'],
  ]);
});

test('runs of earlier versions have no rows: nothing was measured', () => {
  expect(speedRows([summary(0, 'train', {})])).toEqual([]);
});

test('what was removed, and the difference that it made', () => {
  const removed = { layers: { fc1: { kept: 90, of: 300 }, fc2: { kept: 1, of: 100 } }, difference: 1e-6, largest: 21.3 };
  const words = plain(removalWords(summary(1, 'remove', { removed })));
  expect(words).toContain('Stage 2 made layers smaller: fc1 from 300 to 90 units, fc2 from 100 to 1 unit.');
  expect(words).toContain('at most 1.00 × 10⁻⁶; the largest output is 21.3.');
  expect(removalWords(summary(1, 'prune', {}))).toBe('');
});
