import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { setField, setStageValue, toggleStage } from '../../experiment/program/edit';
import { edit, setAddress, useExperiment } from '../experiment/experiment-store';
import { undoRestart, useRestarted, watchEdits } from './restarted';
import { initialRunState, type RunState } from './run-state';
import { useRun } from './run-store';

const first = defaultExperiment();
const now = () => useExperiment.getState().experiment;
const message = () => useRestarted.getState().shown?.message ?? null;
const change = (key: string, value: unknown, stage = 0) => edit(setStageValue(now(), stage, key, value), `${stage}.${key}`);

/** Stage `stage` trains and has 30 steps behind it. */
function running(stage = 0, step = 30): Partial<RunState> {
  return {
    status: 'running',
    current: { type: 'stageStarted', stage, kind: 'train', steps: 100, stepsBefore: 0 },
    progress: { type: 'progress', stage, step, steps: 100, epoch: 0, msPerStep: 1, waiting: '' },
  };
}

let end = () => {};
beforeEach(() => {
  setAddress({ fragment: () => '', push: () => {}, replace: () => {} });
  useExperiment.setState({ experiment: first, rest: {}, urlTrouble: null });
  useRestarted.setState({ shown: null });
  useRun.setState({ ...initialRunState, ...running() });
  end = watchEdits();
});
afterEach(() => end());

test('an edit of the stage that trains says what restarted and why; Undo returns', () => {
  change('lr', 0.02);
  expect(message()).toBe('Stage 1 restarted: the learning rate changed.');
  undoRestart();
  expect(now()).toEqual(first);
  expect(message()).toBeNull();
});

test('a dragged slider is one edit: Undo returns to the value before the first notch, also while the run begins again', () => {
  change('lr', 0.02);
  const shown = useRestarted.getState().shown;
  useRun.setState({ current: null, progress: null });
  change('lr', 0.03);
  useRun.setState(running());
  change('lr', 0.04);
  expect(useRestarted.getState().shown).toBe(shown);
  undoRestart();
  expect(now()).toEqual(first);
});

test('another value is another edit', () => {
  change('lr', 0.02);
  const between = now();
  change('batch', 32);
  expect(message()).toBe('Stage 1 restarted: the batch size changed.');
  undoRestart();
  expect(now()).toEqual(between);
});

test('an earlier stage restarts too, named by its place', () => {
  useRun.setState(running(1));
  change('lr', 0.02);
  expect(message()).toBe('Stage 1 restarted: the learning rate changed.');
});

test('nothing is said where nothing restarts: a later stage, no run, no step yet, a title', () => {
  change('bits', 3, 1);
  expect(message()).toBeNull();
  useRun.setState({ status: 'paused' });
  change('lr', 0.02);
  expect(message()).toBeNull();
  useRun.setState(running(0, 0));
  change('lr', 0.03);
  expect(message()).toBeNull();
  useRun.setState(running());
  edit(setField(now(), 'name', 'mine'));
  expect(message()).toBeNull();
});

test('another program or seed is not an edit of the stage, and takes the notice away', () => {
  change('lr', 0.02);
  edit(setField(now(), 'seed', 7));
  expect(message()).toBeNull();
  edit(toggleStage(now(), 0));
  expect(message()).toBeNull();
});

test('a title does not take the notice away', () => {
  change('lr', 0.02);
  edit(setField(now(), 'name', 'mine'));
  expect(message()).toBe('Stage 1 restarted: the learning rate changed.');
});
