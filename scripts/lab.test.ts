import 'fake-indexeddb/auto';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { main } from '../src/cli/main';
import { parseRecording } from '../src/experiment/recorded/parse-recording';
import type { RecordingFile } from '../src/experiment/recorded/recording-file';
import type { RunRecord } from '../src/experiment/types/events';
import { sha256Hex } from '../src/numerics/coding/checksums';
import { useRuns } from '../src/state/kept/runs-store';
import { importRuns } from '../src/state/sweep/import-runs';
import { useSweeps } from '../src/state/sweep/sweep-store';
import { prepareData } from './prepare-data.mjs';

const folder = mkdtempSync(join(tmpdir(), 'fewbits-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tiny = join(folder, 'tiny.json');
writeFileSync(tiny, JSON.stringify({ model: { id: 'mlp', widths: [8] }, stages: [{ kind: 'train', steps: 4 }, { kind: 'quantize' }] }));

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function lab(args: readonly string[], interruptAt?: string): Promise<Result> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lab.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  if (interruptAt) {
    // The file of --out is there as soon as the command listens for interrupts.
    const timer = setInterval(() => {
      if (!existsSync(interruptAt)) return;
      clearInterval(timer);
      child.kill('SIGINT');
    }, 50);
    child.once('close', () => clearInterval(timer));
  }
  return new Promise((done) => child.once('close', (code) => done({ code, out, err })));
}

/** The same command in this process: it is bundled and started in the other tests. */
async function labHere(args: readonly string[]): Promise<Result> {
  const written = { out: '', err: '' };
  const taken = (key: keyof typeof written) => (text: string | Uint8Array) => {
    written[key] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(taken('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(taken('err')),
  ];
  try {
    const code = await main(args, { root: join(import.meta.dirname, '..'), prepareData, commit: async () => '' });
    return { code, ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test('runs an experiment, prints and writes its record; the same command gives the same digest', { timeout: 240_000 }, async () => {
  const out = join(folder, 'run.json');
  const first = await lab(['run', tiny, '--set', 'seed=7', '--json', '--out', out]);
  expect(first).toMatchObject({ code: 0, err: '' });
  const record: RunRecord = JSON.parse(first.out);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(record);
  expect(record).toMatchObject({ seed: 7, steps: 4, url: expect.stringMatching(/^#v=1&/), backend: { name: 'wasm' } });
  expect(record.stages.map((stage) => stage.kind)).toEqual(['train', 'quantize']);
  expect(record.ledger.parts.reduce((sum, part) => sum + part.bits, 0)).toBe(record.ledger.totalBits);

  const again = await lab(['run', record.url]);
  expect(again.code).toBe(0);
  expect(again.out).toContain(record.digest);
});

test('a recording is the same when it is made again, but for the time that it took', { timeout: 240_000 }, async () => {
  const made = async (name: string) => {
    const file = join(folder, name);
    expect((await labHere(['run', tiny, '--recording', file, '--weights', `${file}.bin`])).code).toBe(0);
    return JSON.parse(readFileSync(file, 'utf8'));
  };
  const timeless = ({ recordedAt: _, seconds: __, command: ___, stages, ...rest }: RecordingFile) => ({
    ...rest,
    stages: stages.map(({ seconds: ____, inferenceMs: _____, ...stage }) => stage),
  });
  const [first, second] = [await made('first.json'), await made('second.json')];
  expect(timeless(second)).toEqual(timeless(first));
  expect(parseRecording(first).losses).toHaveLength(4);
  expect(first.command).toBe(
    `npm run -s lab -- run ${tiny} --recording ${join(folder, 'first.json')} --weights ${join(folder, 'first.json.bin')}`,
  );
  expect(first.weights).toBe(sha256Hex(readFileSync(join(folder, 'first.json.bin'))));
});

const badInputs: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /^No command/],
  [['walk'], /^There is no command "walk"/],
  [['run'], /^run needs an experiment/],
  [['run', 'mnist-float', '--weights', 'x.bin'], /^--weights belongs to --recording/],
  [['run', 'mnist-ste-4bit', '--recording', join(folder, 'r'), '--weights', join(folder, 'w')], /^--weights needs a program/],
  [['merge', 'runs', '--recording', 'x.json'], /^merge makes no recording/],
  [['sweep', 'nonsense', '--out', join(folder, 'none')], /There are pareto-bits-mnist, .*mnist-float/],
  [['sweep', tiny, '--axis', 'quantize.bits:98,99', '--out', join(folder, 'none')], /^Bits must be/],
  [['run', 'mnist-float', '--backend', 'tpu'], /^There is no backend "tpu"/],
  [['run', 'mnist-float', '--loud'], /^Unknown option '--loud'/],
  [['run', 'mnist-float', '--out', join(folder, 'missing', 'run.json')], /cannot be written/],
];

test.each(badInputs)('bad input %#: exit code 2 and one sentence', async (args, message) => {
  const { code, out, err } = await labHere(args);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(message);
  expect(err.trimEnd()).not.toContain('\n');
});

test('the exit code and the sentence are those of the process', async () => {
  expect(await lab(['walk'])).toEqual({ code: 2, out: '', err: (await labHere(['walk'])).err });
});

test('help and list succeed', async () => {
  expect((await labHere(['--help'])).out).toMatch(/--set path=value/);
  expect(JSON.parse((await labHere(['list', '--json'])).out).presets.length).toBeGreaterThan(3);
});

test('a sweep skips what cannot be run, says so, and what merge prints is imported as a sweep', { timeout: 240_000 }, async () => {
  const runs = join(folder, 'runs');
  const sweep = (...more: string[]) =>
    labHere(['sweep', tiny, '--axis', 'quantize.bits:2,4,99', '--axis', 'seed:1,2', '--out', runs, ...more]);
  const first = await sweep('--shard', '1/2');
  expect([first.code, first.out]).toEqual([0, '']);
  const second = await sweep('--shard', '2/2');
  expect(second.code).toBe(1);
  expect(first.err + second.err).toMatch(/run 4 \(quantize\.bits=99, seed=1\) cannot be run: Bits must be/);
  expect(readdirSync(runs).sort()).toEqual([
    ...['failed-0004.json', 'failed-0005.json', 'run-0000.json', 'run-0001.json', 'run-0002.json', 'run-0003.json', 'sweep.json'],
  ]);
  const merged = await labHere(['merge', runs]);
  expect([merged.code, merged.err]).toEqual([0, '4 of 6 runs, 2 failed.\n']);

  await importRuns([{ name: 'runs.json', text: async () => merged.out }], async () => {});
  expect(useRuns.getState().imported).toMatchObject({ message: '4 runs imported. They form a sweep.', problems: [] });
  const [held] = useSweeps.getState().sweeps;
  const digest = (index: number) => JSON.parse(readFileSync(join(runs, `run-000${index}.json`), 'utf8')).record.digest;
  expect(Object.entries(held?.runs ?? {}).map(([index, run]) => [index, run.origin, run.record.digest])).toEqual(
    [0, 1, 2, 3].map((index) => [String(index), 'imported', digest(index)]),
  );
  expect(held?.kept.failed[5]).toMatch(/^Bits must be/);

  rmSync(join(runs, 'run-0003.json'));
  writeFileSync(join(runs, 'failed-0003.json'), JSON.stringify({ url: '#other', problem: 'not of this sweep' }));
  const less = await labHere(['merge', runs]);
  expect([less.err, JSON.parse(less.out).id]).toEqual(['3 of 6 runs, 2 failed.\n', held?.kept.id]);
  const other = ['sweep', tiny, '--axis', 'quantize.bits:3,4', '--out', runs];
  expect((await labHere(other)).err).toMatch(/run-0000\.json contains another run/);
  expect(JSON.parse((await labHere(['merge', runs])).out).axes).toEqual(['quantize.bits:2,4,99', 'seed:1,2']);
  rmSync(join(runs, 'sweep.json'));
  const list = await labHere(['merge', runs]);
  expect([list.err, JSON.parse(list.out).length]).toEqual(['3 runs, 3 failed.\n', 3]);
});

test.skipIf(process.platform === 'win32')('an interrupt stops the run cleanly', { timeout: 120_000 }, async () => {
  const file = join(folder, 'never.json');
  const { code, out, err } = await lab(['run', tiny, '--set', 'train.steps=200000', '--out', file], file);
  expect(code).toBe(130);
  expect(out).toBe('');
  expect(err).toMatch(/^Stopped .*\.\n$/);
  expect(existsSync(file)).toBe(false);
});
