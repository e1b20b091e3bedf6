import { describe, expect, test } from 'vitest';
import { keptRunOf } from '../testing/kept-run';
import { sweepFileOf } from '../testing/sweep-file';
import { readRuns } from './read-runs';
import { sweepFileText } from './sweep-file';

const [a, b] = [keptRunOf({ id: 'a' }), keptRunOf({ id: 'b' })];

describe('a file of runs', () => {
  test('is one run or a list of them', () => {
    expect(readRuns('run.json', JSON.stringify(a))).toEqual({ runs: [a], sweeps: [], problems: [] });
    expect(readRuns('runs.json', JSON.stringify([a, b]))).toEqual({ runs: [a, b], sweeps: [], problems: [] });
  });

  test('gives what can be read, and says what cannot', () => {
    const { runs, problems } = readRuns('runs.json', JSON.stringify([a, { ...b, version: 2 }]));
    expect(runs).toEqual([a]);
    expect(problems).toEqual(['runs.json, run 2 of 2: This is not a run of Fewbits: its version is invalid.']);
  });

  test.each([
    ['no JSON', '{', 'x.json is not JSON.'],
    ['an empty list', '[]', 'x.json contains no run.'],
  ])('%s is refused in a sentence', (_name, text, problem) => {
    expect(readRuns('x.json', text)).toEqual({ runs: [], sweeps: [], problems: [problem] });
  });

  test('of another kind is refused with what can be imported', () => {
    const problem = (json: unknown) => readRuns('x.json', JSON.stringify(json)).problems.join();
    expect(problem({ a: 1 })).toMatch(/^x.json: This is not a run of Fewbits: its format .* Only exports of this page/);
    expect(problem(a.record)).toMatch(/^x.json: This is the result of a single run as written by lab run --out.*lab merge/);
  });

  test('may be a sweep; what cannot be read of it is named', () => {
    const text = sweepFileText(sweepFileOf(['quantize.bits:2,4', 'seed:1,2']));
    expect(readRuns('x.json', text)).toMatchObject({ runs: [], sweeps: [{ id: 's' }], problems: [] });
    const broken = { ...JSON.parse(text), axes: ['quantize.bits:'] };
    expect(readRuns('x.json', JSON.stringify(broken)).problems.join()).toMatch(
      /^x.json: The sweep's axes cannot be read: There is no value/,
    );
    const { runs, ...rest } = JSON.parse(text);
    const half = readRuns('x.json', JSON.stringify({ ...rest, runs: [runs[0], 7] }));
    expect(half.sweeps[0]?.runs).toHaveLength(1);
    expect(half.problems).toEqual(['x.json, run 2 of 2: This is not a run of Fewbits: it has another structure.']);
  });

  test('does not say the same a hundred times', () => {
    const { problems } = readRuns('x.json', JSON.stringify(Array.from({ length: 100 }, () => 1)));
    expect(problems).toHaveLength(6);
    expect(problems.at(-1)).toBe('x.json: 95 more cannot be read.');
  });

  test('a loss that is no number comes back as none', () => {
    const diverged = keptRunOf({ curves: { ...a.curves, loss: { step: [1, 2], value: [2, Number.NaN] } } });
    expect(readRuns('x.json', JSON.stringify(diverged)).runs).toEqual([diverged]);
  });
});
