import { beforeEach, expect, test } from 'vitest';
import { renewedIndex } from '../../experiment/recorded/bundle';
import { recordedIndexText, recordedSweepText } from '../../experiment/recorded/recorded-sweep';
import { recordedSweepOf } from '../../experiment/testing/recorded-sweep';
import { openRecorded, readRecordedList, recordedEntryOf, setRecordedSource, useRecorded } from './recorded-sweeps';

const recorded = recordedSweepOf('sr-vs-rn');
const files: Record<string, string> = {
  'index.json': recordedIndexText(renewedIndex([], recorded)),
  'sr-vs-rn.json': recordedSweepText(recorded),
};
let asked: string[] = [];
let broken = new Set<string>();

beforeEach(() => {
  asked = [];
  broken = new Set();
  setRecordedSource(async (file) => {
    asked.push(file);
    return JSON.parse(broken.has(file) ? '<!doctype html>' : (files[file] ?? '{}'));
  });
});

test('the list is read once, a sweep when it is opened', async () => {
  await Promise.all([readRecordedList(), readRecordedList()]);
  const [entry] = useRecorded.getState().list ?? [];
  expect(entry).toMatchObject({ id: 'sr-vs-rn', runs: 12, commit: '1a2b3c4' });
  expect(asked).toEqual(['index.json']);
  await Promise.all([openRecorded(entry!), openRecorded(entry!)]);
  expect(asked).toEqual(['index.json', 'sr-vs-rn.json']);
  const held = useRecorded.getState().opened['sr-vs-rn'];
  expect(held).toMatchObject({ kept: { id: 'recorded-sr-vs-rn', state: 'done', sweep: { name: recorded.label } } });
  expect(typeof held === 'object' && held.points.every(({ index }) => held.runs[index]?.origin === 'recorded')).toBe(true);
  expect(recordedEntryOf(useRecorded.getState().list, 'recorded-sr-vs-rn')).toBe(entry);
  expect(recordedEntryOf(useRecorded.getState().list, 'sr-vs-rn')).toBeUndefined();
});

test('what cannot be loaded is said in a sentence, and tried again when asked for', async () => {
  broken.add('index.json');
  await readRecordedList();
  expect(useRecorded.getState()).toMatchObject({ list: null, problem: expect.stringMatching(/^Recorded sweeps could not be loaded/) });
  broken = new Set(['sr-vs-rn.json']);
  await readRecordedList();
  expect(useRecorded.getState().problem).toBe('');
  const [entry] = useRecorded.getState().list ?? [];
  await openRecorded(entry!);
  expect(useRecorded.getState().opened['sr-vs-rn']).toMatch(/^“.*” could not be loaded\.$/);
  broken.clear();
  await openRecorded(entry!);
  expect(useRecorded.getState().opened['sr-vs-rn']).toMatchObject({ kept: { id: 'recorded-sr-vs-rn' } });
});
