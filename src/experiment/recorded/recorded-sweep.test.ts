import { describe, expect, test } from 'vitest';
import { sweepPresets } from '../sweep/presets';
import { recordedSweepOf, runsOfPreset } from '../testing/recorded-sweep';
import { bundledSweep, renewedIndex, runsToRecord } from './bundle';
import { parseRecordedIndex, parseRecordedSweep, recordedIndexText, recordedSweepText } from './recorded-sweep';
import { resultRows } from './result-rows';
import { RecordedError } from './types';

const recorded = recordedSweepOf('sr-vs-rn');
const json = () => JSON.parse(recordedSweepText(recorded));

describe('a recorded sweep', () => {
  test.each(sweepPresets.map(({ id }) => id))('%s reads back from its file, without predictions', (id) => {
    const sweep = recordedSweepOf(id);
    const back = parseRecordedSweep(JSON.parse(recordedSweepText(sweep)));
    expect({ ...back, runs: [] }).toEqual({ ...sweep, runs: [] });
    expect(back.runs.map(({ record }) => record)).toEqual(sweep.runs.map(({ record }) => record));
    expect(back.runs[1]).toMatchObject({
      id: `recorded-${id}-1`,
      origin: 'recorded',
      commit: '1a2b3c4',
      command: `npm run record -- ${id}`,
      createdAt: '2026-11-21T04:00:01.000Z',
      predicted: '',
      sweep: { id: `recorded-${id}`, index: 1 },
    });
    expect(back.runs.at(-1)?.sweep?.index).toBe(runsToRecord(id) - 1);
  });

  test('what a later page measures beside it is kept', () => {
    const [first] = recorded.runs;
    const more = { ...first!, record: { ...first!.record, nonZeros: 12, macs: 34, inferenceMs: 0.5 } };
    const back = parseRecordedSweep(JSON.parse(recordedSweepText({ ...recorded, runs: [more] })));
    expect(back.runs[0]?.record).toEqual(more.record);
  });

  test.each([
    ['nothing', null, 'it has another structure'],
    ['another format', { ...json(), format: 'fewbits-run' }, 'its format is invalid'],
    ['a newer version', { ...json(), version: 2 }, 'its version is invalid'],
    ['a path for an id', { ...json(), id: '../x' }, 'its id is invalid'],
    ['an experiment that is none', { ...json(), experiment: 'v=1&quantize=bits:99' }, 'The experiment of the recorded sweep sr-vs-rn'],
    ['axes that are none', { ...json(), axes: ['bits'] }, 'The axes of the recorded sweep sr-vs-rn cannot be read: An axis is written'],
    ['too many runs', { ...json(), axes: ['seed:1..200', 'quantize.bits:2..8', 'train.steps:1..2'] }, 'A sweep has at most'],
    ['a point that is not there', { ...json(), runs: [{ ...json().runs[0], index: 12 }] }, 'no point at 12'],
    ['a point twice', { ...json(), runs: [json().runs[0], json().runs[0]] }, 'two results or an impossible one at 0'],
    ['an accuracy over 1', { ...json(), runs: [{ ...json().runs[0], testAccuracy: 2 }] }, 'Run 0 of this recorded sweep cannot be read'],
  ])('%s is refused in a sentence', (_name, wrong, message) => {
    expect(() => parseRecordedSweep(wrong)).toThrow(RecordedError);
    expect(() => parseRecordedSweep(wrong)).toThrow(message);
  });
});

describe('a bundle', () => {
  const runs = runsOfPreset('sr-vs-rn');
  const bundle = (changed: typeof runs, commit = '1a2b3c4') => bundledSweep('sr-vs-rn', changed, 'npm run record -- sr-vs-rn', commit);
  const withRun = (index: number, change: object) => new Map(runs).set(index, { ...runs.get(index)!, ...change });

  test('takes the date of its last run, and the commits that the runs tell', () => {
    expect(bundle(runs).date).toBe('2026-11-21T04:00:11.000Z');
    expect(bundle(withRun(0, { commit: 'abc' })).commit).toBe('abc, 1a2b3c4');
    expect(() => bundle(runs, '')).toThrow('give it with --commit');
  });

  test('runs of another experiment or backend are no part of it, nor is an unknown sweep', () => {
    const other = { ...runs.get(1)!.record, url: '#v=1' };
    expect(() => bundle(withRun(1, { record: other }))).toThrow('Run 1 belongs to another experiment');
    const gpu = { ...runs.get(1)!.record, backend: { name: 'webgpu', adapter: 'x', reasons: [] } };
    expect(() => bundle(withRun(1, { record: gpu }))).toThrow('different backends');
    expect(() => bundle(new Map())).toThrow('There is no run of sr-vs-rn.');
    expect(() => runsToRecord('x')).toThrow('There is no sweep "x"; choose one of pareto-bits-mnist');
  });

  test('missing runs stay missing', () => {
    const some = new Map([...runs].filter(([index]) => index !== 3));
    const back = parseRecordedSweep(JSON.parse(recordedSweepText(bundle(some))));
    expect(back.runs.map(({ sweep }) => sweep?.index)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});

describe('the list', () => {
  test('has each sweep once, in the order of the presets, and reads back', () => {
    const granularity = recordedSweepOf('granularity-mnist');
    const twice = renewedIndex(renewedIndex(renewedIndex([], recorded), granularity), { ...recorded, commit: 'new' });
    expect(twice.map(({ id, commit, runs }) => [id, commit, runs])).toEqual([
      ['granularity-mnist', '1a2b3c4', 84],
      ['sr-vs-rn', 'new', 12],
    ]);
    const entries = parseRecordedIndex(JSON.parse(recordedIndexText(twice)));
    expect(entries.map(({ sweep }) => sweep)).toEqual([granularity.sweep, recorded.sweep]);
    expect(parseRecordedIndex(JSON.parse(recordedIndexText([])))).toEqual([]);
    expect(() => parseRecordedIndex([])).toThrow('This is not a list of recorded sweeps of Fewbits: it');
  });
});

test('rows for the results: axes as fields, numbers as numbers', () => {
  expect(resultRows(recordedSweepOf('pareto-bits-mnist'))[1]).toEqual({
    bits: 2,
    'stage 2 on': true,
    'stage 3 on': false,
    method: 'ste',
    seed: 2,
    testAccuracy: 0.9001,
    totalBits: 101,
    bitsPerWeight: 5.05,
    digest: '0000000000000000',
  });
  const codes = { uniqueCodes: 3, codeMin: -1, codeMax: 1, tensors: {} };
  const [run] = recordedSweepOf('thesis-pareto-lambda').runs;
  const sweep = recordedSweepOf('thesis-pareto-lambda').sweep;
  expect(resultRows({ sweep, runs: [{ ...run!, record: { ...run!.record, codes } }] })[0]).toMatchObject({
    lambda: 0,
    thesisAxis: 'row',
    uniqueCodes: 3,
    codeMin: -1,
    codeMax: 1,
  });
});
