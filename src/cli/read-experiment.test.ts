import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toFragment } from '../experiment/link/url';
import { presetById } from '../experiment/program/presets';
import { UsageError } from './problems';
import { readExperiment } from './read-experiment';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fewbits-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(content: string): Promise<string> {
  const path = join(folder, 'experiment.json');
  await writeFile(path, content);
  return path;
}

const preset = presetById('mnist-ptq-4bit')?.experiment;
if (!preset) throw new Error('The preset of these tests is gone.');

test('a preset, its JSON, its link and the record of its run are the same experiment', async () => {
  const fragment = toFragment(preset);
  expect((await readExperiment('mnist-ptq-4bit', [])).experiment).toEqual(preset);
  expect((await readExperiment(`https://example.org/lab/#${fragment}`, [])).experiment).toEqual(preset);
  expect((await readExperiment(`#${fragment}`, [])).experiment).toEqual(preset);
  expect((await readExperiment(fragment, [])).experiment).toEqual(preset);
  expect((await readExperiment(await file(JSON.stringify(preset)), [])).experiment).toEqual(preset);
  expect((await readExperiment(await file(JSON.stringify({ experiment: preset, digest: 'abc' })), [])).experiment).toEqual(preset);
});

test('settings apply in order', async () => {
  const { experiment } = await readExperiment('mnist-ptq-4bit', ['train.steps=7', 'seed=3', '2.bits=2', 'seed=4']);
  expect(experiment.seed).toBe(4);
  expect(experiment.stages.map((stage) => stage.steps ?? stage.bits)).toEqual([7, 2]);
});

test('a title that is too long is cut, with a warning', async () => {
  const { experiment, warnings } = await readExperiment(await file(JSON.stringify({ ...preset, name: 'x'.repeat(200) })), []);
  expect(experiment.name).toHaveLength(100);
  expect(warnings).toHaveLength(1);
});

test.each([
  ['mnist-flot', [], /mnist-flot.*Did you mean mnist-float\?$/],
  ['https://example.org/', [], /contains no experiment/],
  ['#v=1&train=steps:many', [], /^stage 1 · steps: .*many/],
  ['#v=99', [], /^version: .*newer/],
  ['no/such/file.json', [], /cannot be read/],
  ['mnist-float', ['seed=-1'], /^--set seed=-1: /],
  ['mnist-float', ['train.stepz=1'], /Did you mean steps\?$/],
])('refuses %s %j', async (source, settings, message) => {
  const refusal = readExperiment(source, settings);
  await expect(refusal).rejects.toThrow(message);
  await expect(refusal).rejects.toBeInstanceOf(UsageError);
});

test('names that the command takes besides are among those that there are', async () => {
  await expect(readExperiment('nonsense', [], ['pareto-bits-mnist'])).rejects.toThrow(/There are pareto-bits-mnist, /);
  await expect(readExperiment('pareto-bit-mnist', [], ['pareto-bits-mnist'])).rejects.toThrow(/Did you mean pareto-bits-mnist\?$/);
});

test('does not say what the page would use instead', async () => {
  const path = await file(JSON.stringify({ ...preset, seed: 0.5 }));
  await expect(readExperiment(path, [])).rejects.toThrow(/^seed: [^;]*0\.5\.$/);
});

test('refuses a file that is not JSON', async () => {
  await expect(readExperiment(await file('{'), [])).rejects.toThrow(/is not JSON/);
});
