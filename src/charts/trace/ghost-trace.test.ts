import { describe, expect, test } from 'vitest';
import { type GhostTrace, ghostReadout, ghostSummary, withGhost } from './ghost-trace';
import { accuracyRange, lossRange, pairColumns, traceColumns } from './trace-data';

const series = { steps: 3, loss: Float32Array.of(2, 1, 0.5), evaluations: [{ step: 2, accuracy: 0.8, loss: 1 }], boundaries: [0] };
const nothing = { steps: 0, loss: new Float32Array(), evaluations: [], boundaries: [] };
const own = pairColumns(traceColumns(series, Number.POSITIVE_INFINITY, 100), traceColumns(nothing, Number.POSITIVE_INFINITY, 100));
const ghost: GhostTrace = {
  label: 'float',
  loss: { step: [2, 4, 6], value: [3, Number.NaN, 0.1] },
  validation: { step: [2, 6], value: [0.6, 0.9] },
  starts: [0],
};
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('the pinned run behind the live trace', () => {
  test('is put between the rows in order of step, as far as the picture reaches', () => {
    const columns = withGhost(own, ghost, 5, 10);
    expect(columns.step).toEqual([...columns.step].sort((a, b) => a - b));
    expect(columns.step.length).toBe(own.step.length + 2);
    expect(columns.ghostLoss.filter((v) => v !== null)).toEqual([expect.closeTo(3)]);
    expect(columns.ghostAccuracy.filter((v) => v !== null)).toEqual([0.6]);
    for (const name of ['rawFloat', 'smoothFloat', 'accuracy', 'otherFloat'] as const)
      expect(columns[name].filter((v) => v !== null)).toEqual(own[name].filter((v) => v !== null));
  });

  test('is smoothed over as many steps as the run, restarted in every stage', () => {
    const loss = { step: [2, 4, 6], value: [3, 1, 1] };
    const ofLoss = (starts: readonly number[], window: number) =>
      withGhost(own, { ...ghost, loss, starts }, 10, window).ghostLoss.filter((v) => v !== null);
    expect(ofLoss([0], 1)).toEqual([3, 1, 1]);
    // Half of what was, half of what is new; the first counts 1/2, 1/4, 1/8 of 1/2, 3/4, 7/8.
    expect(ofLoss([0], 4).map((v) => Number(v.toFixed(4)))).toEqual([3, Number((5 / 3).toFixed(4)), Number((9 / 7).toFixed(4))]);
    expect(ofLoss([0, 2, 2], 4)).toEqual([3, 1, 1]);
  });

  test('changes nothing where there is none', () => {
    expect(withGhost(own, null, 5, 10)).toMatchObject({ ...own });
    expect(withGhost(own, null, 5, 10).ghostLoss.every((v) => v === null)).toBe(true);
  });

  test('widens the axes', () => {
    const columns = withGhost(own, ghost, 10, 10);
    expect(lossRange(columns, false)[1]).toBeCloseTo(3 * 1.06);
    expect(
      accuracyRange([{ accuracy: 0.95 }, ...columns.ghostAccuracy.flatMap((accuracy) => (accuracy === null ? [] : [{ accuracy }]))])[0],
    ).toBe(0.6);
  });

  test('is described in words: at the end of the shorter of the two', () => {
    expect(plain(ghostSummary(ghost, series, 3))).toBe('Dashed grey: the baseline float: validation accuracy 60.0 % at step 3.');
    expect(plain(ghostSummary(ghost, series, 100))).toBe(
      'Dashed grey: the baseline float: mean loss 0.10, validation accuracy 90.0 % at step 6.',
    );
    expect(plain(ghostReadout(ghost, 2))).toBe('baseline loss 3.00, 60.0 %');
    expect(plain(ghostReadout(ghost, 1))).toBe('baseline loss 3.00');
    expect(ghostReadout({ ...ghost, loss: { step: [], value: [] }, validation: { step: [], value: [] } }, 1)).toBe('');
  });
});
