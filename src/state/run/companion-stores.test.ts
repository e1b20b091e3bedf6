import { beforeEach, describe, expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { addStage, removeStage, setDataValue, setField, setModelValue, setStageValue, toggleStage } from '../../experiment/program/edit';
import type { RunEvent } from '../../experiment/types/events';
import { besideMetrics, type Change, changedExperiment, hearBeside, setChange, useBeside, wholeBeside } from './beside-store';
import { beginMeasurement, hearMeasurement, measureKey, useMeasure } from './measure-store';
import { metrics } from './run-store';

const experiment = addStage(defaultExperiment(), 'train');
const change: Change = { stage: 1, kind: 'quantize', key: 'bits', value: 2, label: '2 bits' };
const summary = { stage: 1, kind: 'quantize', steps: 0, valAccuracy: 0.5, testAccuracy: 0.5, testLoss: 1, totalBits: 8, seconds: 1 };

describe('the run beside', () => {
  beforeEach(() => setChange(change));

  test('is the experiment with one value changed', () => {
    expect(changedExperiment(experiment, change)).toEqual(setStageValue(experiment, 1, 'bits', 2));
    expect(changedExperiment(setStageValue(experiment, 0, 'steps', 7), change)?.stages[0]).toMatchObject({ steps: 7 });
  });

  test('is none where the stage is gone, off, of another kind, or equal', () => {
    expect(changedExperiment(experiment, null)).toBeUndefined();
    expect(changedExperiment(removeStage(experiment, 1), change)).toBeUndefined();
    expect(changedExperiment(toggleStage(experiment, 1), change)).toBeUndefined();
    expect(changedExperiment(experiment, { ...change, stage: 9 })).toBeUndefined();
    expect(changedExperiment(setStageValue(experiment, 1, 'bits', 2), change)).toBeUndefined();
  });

  test('is another program on the same images with the seed of this one', () => {
    const lenet = setModelValue(experiment, 'id', 'lenet-5');
    const program = { ...lenet, seed: 7 };
    expect(changedExperiment(experiment, { program, label: 'LeNet-5' })).toEqual({ ...program, seed: experiment.seed });
    expect(changedExperiment({ ...lenet, seed: 8 }, { program, label: 'LeNet-5' })).toBeUndefined();
    expect(changedExperiment(setDataValue(experiment, 'normalize', 'unit'), { program, label: 'LeNet-5' })).toBeUndefined();
  });

  test('is drawn from where the two part', () => {
    hearBeside({ type: 'besideFrom', stages: 1, steps: 20 });
    expect(useBeside.getState()).toMatchObject({ parting: 20, done: false });
    const loss = Float32Array.of(3, 2);
    hearBeside({
      type: 'besideEvents',
      events: [
        { type: 'metrics', stage: 2, firstStep: 20, loss, accuracy: loss },
        { type: 'stageDone', summary },
        { type: 'failed', message: 'It burst.', advice: 'Lower the rate.' },
      ],
    });
    expect([...besideMetrics.loss.subarray(19, 22)]).toEqual([Number.NaN, 3, 2]);
    expect(useBeside.getState()).toMatchObject({ failure: 'It burst. Lower the rate.', done: true, summaries: { 1: summary } });
    // Another try, from a later checkpoint.
    hearBeside({ type: 'besideFrom', stages: 1, steps: 21 });
    expect(besideMetrics.steps).toBe(21);
    expect(useBeside.getState()).toMatchObject({ failure: '', done: false, summaries: {}, parting: 20 });
    setChange(null);
    expect(besideMetrics.steps).toBe(0);
    expect(useBeside.getState()).toMatchObject({ change: null, parting: null });
  });
});

test('the whole run beside has the common beginning of the run on the screen', () => {
  const report = { count: 2, accuracy: 0.5, loss: 1, confusion: new Uint32Array(4), predicted: new Uint8Array(2), wrong: [] };
  const evaluation = (stage: number, step: number, accuracy: number) => ({ stage, step, accuracy, loss: 1 });
  metrics.truncate(0, 0);
  metrics.append(0, Float32Array.of(9, 8, 7, 6), new Float32Array(4));
  for (const point of [evaluation(0, 2, 0.5), evaluation(1, 2, 0.1), evaluation(2, 4, 0.9)]) metrics.addEvaluation(point);
  setChange(change);
  hearBeside({ type: 'besideFrom', stages: 1, steps: 2 });
  const loss = Float32Array.of(5, 4, 3);
  hearBeside({
    type: 'besideEvents',
    events: [
      { type: 'evaluation', stage: 1, step: 0, globalStep: 2, evaluation: { accuracy: 0.2, loss: 1 } },
      { type: 'metrics', stage: 2, firstStep: 2, loss, accuracy: loss },
      { type: 'test', stage: 2, report },
    ] as RunEvent[],
  });
  const { losses, evaluations, test: last } = wholeBeside();
  expect([...losses]).toEqual([9, 8, 5, 4, 3]);
  expect(evaluations.map(({ step, accuracy }) => [step, accuracy])).toEqual([
    [2, 0.5],
    [2, 0.2],
  ]);
  expect(last).toBe(report);
  metrics.truncate(0, 0);
  setChange(null);
});

describe('measurements', () => {
  const variations = [
    { label: 'a', series: 's', value: 1 },
    { label: 'b', series: 's', value: 2 },
  ];
  const result = { testAccuracy: 0.9, testLoss: 0.1, totalBits: 8, seconds: 1 };
  const key = measureKey('draws', experiment);

  test('are kept by kind and experiment, whatever its title', () => {
    expect(measureKey('draws', setField(experiment, 'name', 'mine'))).toBe(key);
    expect(measureKey('calibration', experiment)).not.toBe(key);
    expect(measureKey('draws', setField(experiment, 'seed', 7))).not.toBe(key);
  });

  test('take their results as they come', () => {
    const request = beginMeasurement(key, variations);
    const now = () => useMeasure.getState().measurements[key];
    expect(now()).toMatchObject({ results: [null, null], status: 'running', at: null });
    hearMeasurement({ type: 'measuring', request, index: 1, step: 3, steps: 9, waiting: '' });
    expect(now()?.at).toEqual({ index: 1, step: 3, steps: 9, waiting: '' });
    hearMeasurement({ type: 'measured', request, index: 1, result });
    hearMeasurement({ type: 'measured', request: request + 1, index: 0, result });
    expect(now()?.results).toEqual([null, result]);
    hearMeasurement({ type: 'measureEnded', request, cancelled: true });
    expect(now()).toMatchObject({ status: 'cancelled', at: null, results: [null, result] });
  });

  test('end when the engine does', () => {
    beginMeasurement(key, variations);
    hearMeasurement({ type: 'fatal', message: 'gone' });
    expect(useMeasure.getState().measurements[key]?.status).toBe('cancelled');
  });

  test('are forgotten when there are many', () => {
    for (let i = 0; i < 40; i++) beginMeasurement(`key ${i}`, variations);
    const kept = Object.keys(useMeasure.getState().measurements);
    expect(kept.length).toBeLessThanOrEqual(24);
    expect(kept).toContain('key 39');
    expect(kept).not.toContain('key 0');
  });
});
