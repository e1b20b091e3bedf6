import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseRecordedIndex, parseRecordedSweep } from '../src/experiment/recorded/recorded-sweep';
import { runsOfPreset } from '../src/experiment/testing/recorded-sweep';
import { recordSweep } from './record/sweep.mjs';

const folder = mkdtempSync(join(tmpdir(), 'fewbits-'));
afterAll(() => rmSync(folder, { recursive: true }));
const root = join(import.meta.dirname, '..');
const places = { bundles: join(folder, 'bundles'), results: join(folder, 'results') };
const record = (commit?: string) => recordSweep(root, 'sr-vs-rn', { from: folder, ...(commit ? { commit } : {}) }, places);
const read = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));

test('bundles runs that are there, lists them, and writes their rows', async () => {
  const runs = runsOfPreset('sr-vs-rn');
  const write = (index: number) =>
    writeFileSync(join(folder, `run-${String(index).padStart(4, '0')}.json`), JSON.stringify(runs.get(index)));
  for (const index of runs.keys()) if (index !== 5) write(index);
  await expect(record('1a2b3c4')).rejects.toThrow(/1 of 12 runs are not in .*: 5\. --partial/);
  write(5);
  await expect(record()).rejects.toThrow('give it with --commit');
  await record('1a2b3c4');
  const bundle = parseRecordedSweep(read('bundles', 'sr-vs-rn.json'));
  expect(bundle.runs.map(({ record: { digest } }) => digest)).toEqual([...runs.values()].map(({ record: { digest } }) => digest));
  await record('5e6f7a8');
  const index = parseRecordedIndex(read('bundles', 'index.json'));
  expect(index.map((entry) => [entry.id, entry.runs, entry.commit])).toEqual([['sr-vs-rn', 12, '5e6f7a8']]);
  const { rows, ...header } = read('results', 'sr-vs-rn.json');
  expect(header).toEqual({
    ...{ name: 'sr-vs-rn', command: 'npm run record -- sr-vs-rn', commit: '5e6f7a8', backend: 'wasm', adapter: '', date: '2026-11-21' },
  });
  expect(rows).toHaveLength(12);
  expect(rows[1]).toMatchObject({ integerBits: 8, fractionBits: 8, rounding: 'nearest-even', seed: 2, testAccuracy: 0.9001 });
});

test('a folder or a run that cannot be read is named', async () => {
  await expect(recordSweep(root, 'sr-vs-rn', { from: join(folder, 'nowhere') }, places)).rejects.toThrow('nowhere cannot be read.');
  writeFileSync(join(folder, 'run-0001.json'), '{}');
  await expect(record('1a2b3c4')).rejects.toThrow(/run-0001\.json cannot be read: This is not a run of Fewbits/);
  await expect(recordSweep(root, 'nothing', {}, places)).rejects.toThrow('There is no sweep "nothing"');
});
