import { beforeEach, describe, expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { setStageValue } from '../../experiment/program/edit';
import type { RunEvent, StageSummary } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { Message } from '../../worker/protocol';
import { dropPrevious, previousMetrics, usePrevious } from './previous-run';
import { initialRunState } from './run-state';
import { metrics, receive, useRun } from './run-store';

const four = defaultExperiment();
const two = setStageValue(four, 1, 'bits', 2);

const loaded = (experiment: Experiment, keptStages: number): Message => ({
  ...{ type: 'loaded', keptStages, keptSteps: keptStages > 0 ? 3 : 0, experiment },
});
const summary = (stage: number, testAccuracy: number): StageSummary => ({
  ...{ stage, kind: stage === 0 ? 'train' : 'quantize', steps: stage === 0 ? 3 : 0, valAccuracy: testAccuracy, testAccuracy },
  ...{ testLoss: 1, totalBits: 8, seconds: 1 },
});
const report = (accuracy: number) => {
  const of = { count: 10, accuracy, loss: 1 };
  return { ...of, confusion: new Uint32Array(), predicted: new Uint8Array(), wrong: [] };
};
const stageEvents = (stage: number, accuracy: number): readonly RunEvent[] => [
  { type: 'test', stage, globalStep: 3, report: report(accuracy) },
  { type: 'stageDone', summary: summary(stage, accuracy) },
];
const train: RunEvent = { type: 'metrics', stage: 0, firstStep: 0, loss: Float32Array.of(3, 2, 1), accuracy: new Float32Array(3) };
const shown = () => usePrevious.getState().shown;

/** Both stages of this experiment were run. */
function finish(experiment: Experiment): void {
  receive(loaded(experiment, 0));
  receive({ type: 'events', events: [train, ...stageEvents(0, 0.97), ...stageEvents(1, 0.96)] });
}

beforeEach(() => {
  dropPrevious();
  metrics.truncate(0, 0);
  useRun.setState(initialRunState, true);
});

describe('results of the previous settings', () => {
  test('stay, with their curves and stages, when an edit takes the last stage away, until the new one is measured', () => {
    finish(four);
    expect(shown()).toBeNull();
    receive(loaded(two, 1));
    expect(shown()?.run.test?.accuracy).toBe(0.96);
    expect(shown()?.stages).toBe(four.stages);
    expect([...previousMetrics.loss.slice(0, previousMetrics.steps)]).toEqual([3, 2, 1]);
    // The live run is what it is: only what is shown stays.
    expect(useRun.getState().test?.accuracy).toBe(0.97);
    receive({ type: 'events', events: [{ type: 'stageStarted', stage: 1, kind: 'quantize', steps: 0, stepsBefore: 3 }] });
    expect(shown()).not.toBeNull();
    receive({ type: 'events', events: stageEvents(1, 0.2) });
    expect(shown()).toBeNull();
    expect(useRun.getState().test?.accuracy).toBe(0.2);
  });

  test('keep their curves when the new run writes its own', () => {
    finish(four);
    receive(loaded(setStageValue(four, 0, 'steps', 5), 0));
    expect(metrics.steps).toBe(0);
    expect(previousMetrics.steps).toBe(3);
    receive({ type: 'events', events: [{ ...train, loss: Float32Array.of(9), accuracy: new Float32Array(1) }] });
    expect(shown()).toBeNull();
    expect([...metrics.loss.slice(0, metrics.steps)]).toEqual([9]);
  });

  test('give way at once to a run that was done before', () => {
    finish(four);
    receive(loaded(two, 1));
    const replay = { type: 'replay', layers: [], totalSteps: 3, history: {} } as const;
    receive({ ...replay, events: stageEvents(1, 0.5) });
    expect(shown()).not.toBeNull();
    receive({ ...replay, events: [{ type: 'done', record: { testAccuracy: 0.5 } } as RunEvent] });
    expect(shown()).toBeNull();
  });

  test('are not held where nothing is lost: the same experiment, a stage added, or nothing measured', () => {
    finish(four);
    receive(loaded({ ...four, name: 'a title' }, 1));
    expect(shown()).toBeNull();
    finish(four);
    receive(loaded({ ...four, stages: [...four.stages, ...four.stages.slice(0, 1)] }, 2));
    expect(shown()).toBeNull();
    useRun.setState(initialRunState, true);
    receive(loaded(four, 0));
    receive(loaded(two, 0));
    expect(shown()).toBeNull();
  });
});

test('a stage that a recording gave is named until the run goes back before it', () => {
  const origin = { stages: 1, recordedAt: '2026-11-27T20:14:57.683Z', backend: 'wasm', commit: '' } as const;
  receive(loaded(two, 0));
  receive({ type: 'replay', layers: [], totalSteps: 3, history: {}, events: stageEvents(0, 0.97), recorded: origin });
  expect(useRun.getState().recorded).toEqual(origin);
  receive(loaded(four, 1));
  expect(useRun.getState().recorded).toEqual(origin);
  receive(loaded(four, 0));
  expect(useRun.getState().recorded).toBeNull();
});
