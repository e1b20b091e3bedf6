import { describe, expect, test } from 'vitest';
import type { LiveSeries } from './trace-data';
import { besideSummary } from './trace-words';

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
