import { describe, expect, test } from 'vitest';
import type { QuantizerInspection } from '../../numerics/inspection/quantizer-inspection';
import type { LayerInspection } from '../types/events';
import { historyBefore, type InspectionHistory, joinedHistories, withInspection } from './inspection-history';

const layer = (name: string, scale: number | null): LayerInspection => ({
  layer: name,
  shape: [2, 2],
  latent: { min: -1, max: 1, counts: new Uint32Array(1) },
  stored: null,
  quantizer: {
    weights: 4,
    group: { error: 0.5 } as QuantizerInspection['group'],
    scale: scale === null ? null : ({ current: { scale, error: 0.5 } } as QuantizerInspection['scale']),
    flips: null,
  } as QuantizerInspection,
});
const inspection = (history: InspectionHistory, stage: number, globalStep: number, scale: number | null = 0.1) =>
  withInspection(history, { stage, globalStep, layers: [layer('fc1', scale), { ...layer('fc2', scale), quantizer: null }] });

describe('the history of inspections', () => {
  test('grows by quantized layers only', () => {
    const history = inspection(inspection({}, 1, 0), 2, 10, null);
    expect(Object.keys(history)).toEqual(['fc1']);
    expect(history.fc1!.map(({ step, scale }) => [step, scale])).toEqual([
      [0, 0.1],
      [10, null],
    ]);
  });

  test('has one point for a step of a stage', () => {
    expect(inspection(inspection({}, 2, 10, 0.1), 2, 10, 0.2).fc1!.map(({ scale }) => scale)).toEqual([0.2]);
    expect(inspection(inspection({}, 1, 10), 2, 10).fc1).toHaveLength(2);
  });

  test('forgets stages that are done again', () => {
    const history = inspection(inspection({}, 1, 0), 2, 10);
    expect(historyBefore(history, 2).fc1).toHaveLength(1);
    expect(historyBefore(history, 1)).toEqual({});
  });

  test('of one stage joins that of the stages before', () => {
    const both = inspection(inspection(inspection({}, 1, 0), 2, 10), 2, 20);
    const second = inspection(inspection({}, 2, 10), 2, 20);
    expect(joinedHistories(historyBefore(both, 2), second)).toEqual(both);
    expect(joinedHistories(both, {})).toEqual(both);
    expect(joinedHistories({}, both)).toEqual(both);
  });

  test('keeps first and last of a long run, and a bounded number between', () => {
    let history: InspectionHistory = {};
    for (let step = 0; step < 2000; step++) history = inspection(history, 2, step);
    const steps = history.fc1!.map(({ step }) => step);
    expect(steps.length).toBeLessThanOrEqual(240);
    expect([steps[0], steps.at(-1)]).toEqual([0, 1999]);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });
});
