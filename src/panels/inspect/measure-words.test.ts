import { describe, expect, test } from 'vitest';
import { parseExperiment } from '../../experiment/program/validate';
import { drawVariations } from '../../experiment/program/variations';
import type { StageSummary } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { Measurement } from '../../state/run/measure-store';
import { costWords, pointsOf, progressWords } from './measure-words';

const experiment: Experiment = parseExperiment({
  stages: [
    { kind: 'train', steps: 500 },
    { kind: 'quantize', rounding: 'stochastic' },
  ],
}).experiment;
const found = drawVariations(experiment, 4);
const variations = 'variations' in found ? found.variations : [];
const summary = (stage: number, steps: number, seconds: number): StageSummary => ({
  ...{ stage, kind: '', steps, seconds, valAccuracy: 0, testAccuracy: 0, testLoss: 0, totalBits: 0 },
});
const result = (seconds: number) => ({ testAccuracy: 0.9, testLoss: 0, totalBits: 8, seconds });
const measurement: Measurement = {
  request: 1,
  variations,
  results: [result(100), result(2), { failed: 'It burst.' }, null],
  status: 'running',
  at: { index: 3, step: 0, steps: 0, waiting: '' },
};

describe('what it costs', () => {
  test('before the run: the training too', () => {
    expect(costWords(experiment, variations, {}, undefined)).toBe(
      '4 measurements; 500 training steps once before the first, or press Play first.',
    );
  });

  test('after the run: from the time that a stage without training took', () => {
    const summaries = { 0: summary(0, 500, 60), 1: summary(1, 0, 1.5) };
    expect(costWords(experiment, variations, summaries, undefined)).toBe('4 measurements, about 6.0\u00a0s.');
  });

  test('after a measurement: from the times measured, but for the first, which may have trained', () => {
    const ended = { ...measurement, status: 'cancelled' as const, at: null };
    expect(costWords(experiment, variations, { 0: summary(0, 500, 60) }, ended)).toBe(
      'Cancelled after 3 of 4. 4 measurements, about 8.0\u00a0s.',
    );
  });
});

test('progress, time left and waiting', () => {
  expect(progressWords(measurement)).toBe('3 of 4 · draw 4 · 2.0\u00a0s left.');
  const waiting = { ...measurement, results: [null, null, null, null], at: { index: 0, step: 0, steps: 0, waiting: 'the run' } };
  expect(progressWords(waiting)).toBe('0 of 4 · draw 1 · waits until the run is paused or done.');
  expect(progressWords({ ...waiting, at: { index: 0, step: 3, steps: 500, waiting: '' } })).toContain('training step 3 of 500');
});

test('results as points; failures keep their reason', () => {
  expect(pointsOf(measurement)).toMatchObject([
    { label: 'draw 1', accuracy: 0.9, failed: '' },
    { accuracy: 0.9 },
    { label: 'draw 3', accuracy: null, failed: 'It burst.' },
  ]);
});
