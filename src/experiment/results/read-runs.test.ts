import { describe, expect, test } from 'vitest';
import { keptRunOf } from '../testing/kept-run';
import { readRuns } from './read-runs';

const [a, b] = [keptRunOf({ id: 'a' }), keptRunOf({ id: 'b' })];

describe('a file of runs', () => {
  test('is one run or a list of them', () => {
    expect(readRuns('run.json', JSON.stringify(a))).toEqual({ runs: [a], problems: [] });
    expect(readRuns('runs.json', JSON.stringify([a, b]))).toEqual({ runs: [a, b], problems: [] });
  });

  test('gives what can be read, and says what cannot', () => {
    const { runs, problems } = readRuns('runs.json', JSON.stringify([a, { ...b, version: 2 }]));
    expect(runs).toEqual([a]);
    expect(problems).toEqual(['runs.json, run 2 of 2: This is not a run of Fewbits: its version is not as it should be.']);
  });

  test.each([
    ['no JSON', '{', 'x.json is not JSON.'],
    ['an empty list', '[]', 'x.json holds no run.'],
    ['something else', '{"a":1}', 'x.json: This is not a run of Fewbits: its format is not as it should be.'],
  ])('%s is refused in a sentence', (_name, text, problem) => {
    expect(readRuns('x.json', text)).toEqual({ runs: [], problems: [problem] });
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
