import { expect, test } from 'vitest';
import { keptRunOf } from '../experiment/testing/kept-run';
import { runsText } from './downloads';
import { runsCsv } from './runs-csv';

test('a run is a row', () => {
  const [head, row, end] = runsCsv([keptRunOf({ name: 'mine' })]).split('\r\n');
  expect(head?.startsWith('name,created,test accuracy,')).toBe(true);
  expect(row?.startsWith('mine,2026-11-21T04:00:00.000Z,0.9,0.8,5,8,12.5,10,1,wasm,,42,"')).toBe(true);
  expect(row?.endsWith(`,${'a'.repeat(64)},live,,`)).toBe(true);
  expect(end).toBe('');
});

test('quotes what would break a table, and disarms formulas', () => {
  const csv = runsCsv([keptRunOf({ name: '=1+1', note: 'first\n"second", third' })]);
  expect(csv).toContain("\r\n'=1+1,");
  expect(csv.endsWith(',"first\n""second"", third"\r\n')).toBe(true);
});

test('one run is written as it is, several as a list', () => {
  const [a, b] = [keptRunOf({ id: 'a' }), keptRunOf({ id: 'b' })];
  expect(JSON.parse(runsText([a]))).toEqual(a);
  expect(JSON.parse(runsText([a, b]))).toEqual([a, b]);
});
