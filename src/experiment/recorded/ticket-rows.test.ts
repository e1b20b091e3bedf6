import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseRecordedSweep } from './recorded-sweep';
import { ticketRows } from './ticket-rows';

const root = join(import.meta.dirname, '../../..');
const json = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const rows = ticketRows(parseRecordedSweep(json('public/recorded/sweeps/lottery-lenet.json')));

test('the results of the lottery are those of the recorded runs', () => {
  expect(rows).toEqual(json('docs/results/lottery-lenet.json').rows);
});

test('each training of a seed is named once, with fewer weights in each round', () => {
  for (const seed of [42, 1, 2]) {
    const own = rows.filter((row) => row.seed === seed);
    expect(own.map(({ kind }) => kind)).toEqual(['dense', ...Array(4).fill('ticket'), 'reinit', 'random', 'random']);
    const left = own.slice(0, 5).map(({ remaining }) => Math.round(1000 * Number(remaining)) / 10);
    expect(left).toEqual([100, 64.1, 41.1, 26.3, 16.9]);
    expect(new Set(own.slice(4).map(({ remaining }) => remaining)).size).toBe(1);
  }
});

test('a sweep that looks for no best step has no such rows', () => {
  expect(ticketRows(parseRecordedSweep(json('public/recorded/sweeps/pruning-criteria.json')))).toEqual([]);
});
