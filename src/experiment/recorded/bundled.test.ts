import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256Hex } from '../../numerics/coding/checksums';
import { fromFragment, toFragment } from '../link/url';
import { defaultExperiment } from '../program/defaults';
import { isSameRun } from '../program/prefix';
import { parseRecording } from './parse-recording';
import { moments } from './timeline';

const folder = join(import.meta.dirname, '../../../public/recorded/runs');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const list: Record<string, string> = JSON.parse(read('list.json'));
const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'list.json');

test('the list names every recording, and the page opens with one of them', () => {
  expect(Object.keys(list).sort()).toEqual(names.sort());
  expect(Object.values(list).some((link) => isSameRun(fromFragment(link).experiment, defaultExperiment()))).toBe(true);
});

test.each(names)('%s is small, can be read, and says how it was made', (name) => {
  const text = read(name);
  expect(text.length).toBeLessThanOrEqual(150_000);
  const recording = parseRecording(JSON.parse(text));
  expect(toFragment(recording.experiment)).toBe(list[name]);
  expect(recording.command).toBe(`npm run record -- ${name.replace('.json', '')}`);
  expect(recording.commit).toMatch(/^[0-9a-f]{7,40}$/);
  expect(moments(recording).length).toBeGreaterThan(10);
  const weights = readFileSync(join(folder, name.replace('.json', '.weights.bin')));
  expect(sha256Hex(weights)).toBe(recording.weights);
  // Float32, with what the file says of its layers.
  const [first] = recording.events.flatMap((event) => (event.type === 'stageDone' ? [event.summary] : []));
  expect(8 * weights.length).toBe(first?.totalBits);
});
