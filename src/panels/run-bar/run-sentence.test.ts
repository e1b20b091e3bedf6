import { describe, expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { setStageValue, wrapInRepeat } from '../../experiment/program/edit';
import { initialRunState, type RunState } from '../../state/run/run-state';
import { overallShare, runSentence, segments, stageName, summarySentence, timeLeft } from './run-sentence';

const experiment = defaultExperiment();
const ready: RunState = { ...initialRunState, backend: { name: 'webgpu', adapter: 'test', reasons: [] } };
const training: RunState = {
  ...ready,
  status: 'running',
  current: { type: 'stageStarted', stage: 0, kind: 'train', steps: 2000, stepsBefore: 0 },
  progress: { type: 'progress', stage: 0, step: 500, steps: 2000, epoch: 0.58, msPerStep: 10, waiting: '' },
};
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('runSentence', () => {
  test('before the first step it says what will run', () => {
    expect(runSentence(ready, experiment)).toEqual({ stage: 0, title: 'Ready', detail: '2 stages, 2,000 training steps' });
  });
  test('before there is an engine it does not say that it is ready', () => {
    expect(runSentence(initialRunState, experiment).title).toBe('Loading');
    expect(runSentence({ ...initialRunState, fatal: 'No worker.' }, experiment).title).toBe('Stopped');
  });
  test('after an edit it says what is left to do', () => {
    const summary = { stage: 0, kind: 'train', steps: 2000, valAccuracy: 1, testAccuracy: 1, testLoss: 0, totalBits: 1, seconds: 1 };
    expect(runSentence({ ...ready, summaries: { 0: summary } }, experiment).detail).toBe('1 stage left, no training needed');
    const all = { 0: summary, 1: { ...summary, stage: 1, kind: 'quantize' } };
    expect(runSentence({ ...ready, summaries: all }, experiment)).toMatchObject({ title: 'Ready', detail: 'all stages finished' });
  });
  test('while it trains it says where it is', () => {
    expect(runSentence(training, experiment)).toEqual({ stage: 1, title: 'Train', detail: 'step 500 of 2,000 · epoch 0.58' });
  });
  test('after the last step it is measured', () => {
    const { progress } = training;
    const last = { ...training, progress: progress && { ...progress, step: 2000 } };
    expect(runSentence(last, experiment).detail).toContain('measuring');
    expect(runSentence({ ...ready, status: 'running' }, experiment).title).toBe('Starting');
  });
  test('a long wait and a pause are named', () => {
    const { progress } = training;
    const waitingFor = (waiting: string) => ({ ...training, progress: progress && { ...progress, waiting } });
    expect(runSentence(waitingFor('compiling'), experiment).detail).toContain('preparing the GPU');
    expect(runSentence(waitingFor('reading images'), experiment).detail).toContain('waiting for more images');
    expect(runSentence(waitingFor('something new'), experiment).detail).toContain('something new');
    expect(runSentence({ ...training, status: 'paused' }, experiment).detail).toContain('paused');
  });
  test('getting ready is said, and that a press on play was heard', () => {
    const compiling: RunState = { ...ready, status: 'loading', statusMessage: 'Preparing the GPU (3 of 11).' };
    expect(runSentence(compiling, experiment)).toEqual({ stage: 0, title: 'Preparing the GPU (3 of 11)', detail: '' });
    expect(runSentence({ ...compiling, queued: true }, experiment).detail).toBe('starts automatically');
    expect(runSentence({ ...ready, status: 'done', queued: true }, experiment).title).toBe('Starting');
  });
  test('missing data comes before everything but a crash', () => {
    const noData = { ...training, dataProblem: { message: 'No network.', wantsFiles: false } };
    expect(runSentence(noData, experiment).title).toBe('No data');
    expect(runSentence({ ...noData, fatal: 'x' }, experiment).title).toBe('Stopped');
  });
});

describe('in a repeat', () => {
  const repeated = setStageValue(wrapInRepeat(experiment, 0, 2), 0, 'rounds', 5);
  const second: RunState = {
    ...training,
    current: { type: 'stageStarted', stage: 2, kind: 'train', steps: 2000, stepsBefore: 2000 },
    progress: { type: 'progress', stage: 2, step: 500, steps: 2000, epoch: 0.58, msPerStep: 10, waiting: '' },
  };
  test('the sentence names the stage of the program and its round', () => {
    expect(runSentence(second, repeated)).toEqual({
      stage: 2,
      title: 'Train',
      detail: 'round 2 of 5 · step 500 of 2,000 · epoch 0.58',
    });
    expect(runSentence(ready, repeated).detail).toBe('10 stages, each round counted, 10,000 training steps');
    expect(stageName(3, 'quantize', repeated.stages)).toBe('Stage 3, quantize, round 2 of 5');
    expect(plain(summarySentence(3, 'quantize', 0.9, repeated.stages))).toBe(
      'Stage 3, quantize, round 2 of 5, done: test accuracy 90.0 %.',
    );
    expect(plain(summarySentence(1, 'quantize', 0.9))).toBe('Stage 2, quantize, done: test accuracy 90.0 %.');
  });
  test('every round has a part of its own', () => {
    const parts = segments(second, repeated.stages);
    expect(parts.map(({ stage, compressed, share }) => [stage, compressed, share]).slice(0, 4)).toEqual([
      [0, false, 0],
      [1, true, 0],
      [2, false, 0.25],
      [3, true, 0],
    ]);
    expect(parts).toHaveLength(10);
  });
});

describe('progress', () => {
  test('a stage without steps weighs next to nothing', () => {
    const parts = segments(training, experiment.stages);
    expect(parts.map((p) => p.share)).toEqual([0.25, 0]);
    expect(overallShare(parts)).toBeCloseTo(500 / 2001, 12);
  });
  test('stages that are switched off are not part of it', () => {
    const stages = experiment.stages.map((stage) => ({ ...stage, on: stage.kind === 'train' }));
    expect(segments(training, stages)).toHaveLength(1);
  });
  test('time left follows the pace, and is silent when it is not known', () => {
    expect(plain(timeLeft(training, experiment.stages))).toBe('15 s left');
    expect(timeLeft({ ...training, status: 'paused' }, experiment.stages)).toBe('');
    expect(timeLeft({ ...training, progress: null }, experiment.stages)).toBe('');
  });
});
