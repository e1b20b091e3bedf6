import { describe, expect, test } from 'vitest';
import { withGhost } from './ghost-columns';
import { type GhostTrace, ghostReadout, ghostSummary } from './ghost-trace';
import { accuracyRange, lossRange, pairColumns, traceColumns } from './trace-data';

const series = { steps: 3, loss: Float32Array.of(2, 1, 0.5), evaluations: [{ step: 2, accuracy: 0.8, loss: 1 }], boundaries: [0] };
const nothing = { steps: 0, loss: new Float32Array(), evaluations: [], boundaries: [] };
const own = pairColumns(traceColumns(series, Number.POSITIVE_INFINITY, 100), traceColumns(nothing, Number.POSITIVE_INFINITY, 100));
const ghost: GhostTrace = {
  label: 'float',
  loss: { step: [2, 4, 6], value: [3, Number.NaN, 0.1] },
  validation: { step: [2, 6], value: [0.6, 0.9] },
};
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('the pinned run behind the live trace', () => {
  test('is put between the rows in order of step, as far as the picture reaches', () => {
    const columns = withGhost(own, ghost, 5);
    expect(columns.step).toEqual([...columns.step].sort((a, b) => a - b));
    expect(columns.step.length).toBe(own.step.length + 2);
    expect(columns.ghostLoss.filter((v) => v !== null)).toEqual([3]);
    expect(columns.ghostAccuracy.filter((v) => v !== null)).toEqual([0.6]);
    for (const name of ['rawFloat', 'smoothFloat', 'accuracy', 'otherFloat'] as const)
      expect(columns[name].filter((v) => v !== null)).toEqual(own[name].filter((v) => v !== null));
  });

  test('changes nothing where there is none', () => {
    expect(withGhost(own, null, 5)).toMatchObject({ ...own });
    expect(withGhost(own, null, 5).ghostLoss.every((v) => v === null)).toBe(true);
  });

  test('widens the axes', () => {
    const columns = withGhost(own, ghost, 10);
    expect(lossRange(columns, false)[1]).toBeCloseTo(3 * 1.06);
    expect(
      accuracyRange([{ accuracy: 0.95 }, ...columns.ghostAccuracy.flatMap((accuracy) => (accuracy === null ? [] : [{ accuracy }]))])[0],
    ).toBe(0.6);
  });

  test('is told in words: at the end of the shorter of the two', () => {
    expect(plain(ghostSummary(ghost, series, 3))).toBe(
      'Behind it, grey and dashed, the baseline float: validation accuracy 60.0 % at step 3.',
    );
    expect(plain(ghostSummary(ghost, series, 100))).toBe(
      'Behind it, grey and dashed, the baseline float: mean loss 0.10, validation accuracy 90.0 % at step 6.',
    );
    expect(plain(ghostReadout(ghost, 2))).toBe('baseline loss 3.00, 60.0 %');
    expect(plain(ghostReadout(ghost, 1))).toBe('baseline loss 3.00');
    expect(ghostReadout({ ...ghost, loss: { step: [], value: [] }, validation: { step: [], value: [] } }, 1)).toBe('');
  });
});
