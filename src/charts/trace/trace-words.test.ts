import { describe, expect, test } from 'vitest';
import type { LiveSeries } from './trace-data';
import { traceReadout } from './trace-readout';
import { besideSummary, changePoints, changeSentence, traceTable } from './trace-words';

const series = (loss: readonly number[]): LiveSeries => ({
  subscribe: () => () => {},
  steps: loss.length,
  loss: Float32Array.from(loss),
  accuracy: new Float32Array(loss.length),
  evaluations: [],
  boundaries: [],
});
const beside = { series: series([]), label: 'LSQ', compressedFromStage: null, parting: null, tests: null, failure: '' };

describe('the difference between two runs', () => {
  test('before it has started', () => {
    expect(besideSummary(series([1]), beside)).toBe('Dashed: LSQ. It starts where the two programs differ.');
    expect(besideSummary(series([1]), { ...beside, parting: 1, series: series([Number.NaN]) })).toBe('Dashed: LSQ.');
  });

  test('compares the same steps, after the parting only', () => {
    const own = series([9, 9, 1, 2, 100]);
    const other = { ...beside, parting: 2, series: series([Number.NaN, Number.NaN, 2, 4]) };
    expect(besideSummary(own, other)).toBe('Dashed: LSQ: mean loss of steps 3 to 4 is 3.0, 1.5 higher.');
    expect(besideSummary(series([9, 9, 2, 4]), other)).toMatch(/3\.0, the same\.$/);
  });

  test('of the last hundred steps', () => {
    const own = series(Array.from({ length: 300 }, () => 1));
    const other = { ...beside, parting: 0, series: series(Array.from({ length: 250 }, (_, i) => (i < 150 ? 50 : 0.5))) };
    expect(besideSummary(own, other)).toContain('steps 151 to 250 is 0.50, 0.50 lower');
  });

  test('with test accuracies, and with a loss that is no number', () => {
    const other = { ...beside, parting: 0, series: series([Number.NaN]), tests: { stage: 'stage 2', own: 0.97, other: 0.1135 } };
    expect(besideSummary(series([1]), other)).toBe(
      'Dashed: LSQ: mean loss of steps 1 to 1 is –, not comparable; test accuracy after stage 2 11.35\u00a0%, 85.65 points lower.',
    );
  });

  test('a failure says why', () => {
    expect(besideSummary(series([1]), { ...beside, failure: 'It burst.' })).toBe('The other run (LSQ, dashed) failed: It burst.');
  });
});

describe('what a stage without training did', () => {
  const stages = [
    { mark: '①', name: 'Train', short: 'Train', on: true, steps: 2, compresses: false },
    { mark: '②', name: 'Quantize', short: 'Quantize', on: true, steps: null, compresses: true },
  ];
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  const own: LiveSeries = {
    ...series([2, 1]),
    evaluations: [
      { stage: 0, step: 1, accuracy: 0.5, loss: 1 },
      { stage: 0, step: 2, accuracy: 0.97, loss: 0.1 },
      { stage: 1, step: 2, accuracy: 0.39, loss: 3 },
    ],
  };
  const tests = { 0: 0.971, 1: 0.382 };

  test('in points', () => {
    expect(changePoints(0.971, 0.382)).toBe('−58.9 points');
    expect(changePoints(0.5, 0.5)).toBe('0.0 points');
    expect(changePoints(0.5, 0.512)).toBe('+1.2 points');
  });

  test('in a sentence', () => {
    const change = { stage: 1, at: 2, before: 0.971, after: 0.382 };
    expect(plain(changeSentence(stages, change))).toBe('② Quantize: test accuracy fell from 97.1 % to 38.2 % (−58.9 points).');
    expect(plain(changeSentence(stages, { ...change, after: 0.98 }))).toContain('rose from 97.1 % to 98.0 % (+0.9 points)');
    expect(plain(changeSentence(stages, { ...change, after: 0.971 }))).toBe('② Quantize: test accuracy stayed at 97.1 %.');
    // 87.64 and 87.66: the figures differ, the points do not.
    expect(plain(changeSentence(stages, { ...change, before: 0.8764, after: 0.8766 }))).toContain('stayed at 87.7 %.');
    expect(changeSentence(stages, { ...change, before: null })).toBe('');
  });

  test('under the cursor and in the table', () => {
    const change = { stage: 1, at: 2, before: 0.971, after: 0.382 };
    expect(plain(traceReadout(own, { step: 2, stage: 1 }, stages, [change], null))).toContain('fell from 97.1 % to 38.2 %');
    expect(plain(traceReadout(own, { step: 2, stage: null }, stages, [change], null))).toContain('step 2 · loss 1.00');
    const { head, rows } = traceTable(own, undefined, null, { stages, tests });
    expect(head.slice(-2)).toEqual(['end of', 'test accuracy']);
    expect(rows.map((row) => row.slice(-2).map(plain))).toEqual([
      ['', ''],
      ['① Train', '97.10 %'],
      ['② Quantize', '38.20 % (−58.9 points)'],
    ]);
  });
});
