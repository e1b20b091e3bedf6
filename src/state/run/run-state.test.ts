import { describe, expect, test } from 'vitest';
import type { RunEvent, StageSummary, TestReport } from '../../experiment/types/events';
import type { Message } from '../../worker/protocol';
import { afterMessage, initialRunState, type RunState } from './run-state';

const report = (accuracy: number): TestReport => ({
  count: 10,
  accuracy,
  loss: 1,
  confusion: new Uint32Array(4),
  predicted: new Uint8Array(),
  wrong: [],
});
const summary = (stage: number): StageSummary => ({
  stage,
  kind: 'train',
  steps: 10,
  valAccuracy: 0.9,
  testAccuracy: 0.9,
  testLoss: 0.1,
  totalBits: 320,
  seconds: 1,
});
const inspection = (stage: number, totalBits: number): RunEvent => ({
  type: 'inspection',
  stage,
  globalStep: 10,
  layers: [],
  tiles: null,
  ledger: { weights: 10, denseBits: 320, totalBits, parts: [] },
});
const hear = (messages: readonly Message[], from: RunState = initialRunState) => messages.reduce(afterMessage, from);
const events = (...list: RunEvent[]): Message => ({ type: 'events', events: list });

const twoStages = hear([
  events(
    { type: 'test', stage: 0, globalStep: 10, report: report(0.9) },
    inspection(0, 330),
    { type: 'stageDone', summary: summary(0) },
    { type: 'test', stage: 1, globalStep: 10, report: report(0.8) },
    inspection(1, 50),
    { type: 'stageDone', summary: summary(1) },
  ),
]);

describe('afterMessage', () => {
  test('shows the last test and the last ledger', () => {
    expect(twoStages.test?.accuracy).toBe(0.8);
    expect(twoStages.ledger?.totalBits).toBe(50);
    expect(Object.keys(twoStages.summaries)).toEqual(['0', '1']);
  });

  test('a branch that was run before is reported again: its stages take the place of the others, and nothing runs', () => {
    const history = { fc1: [{ stage: 1, step: 10, scale: 0.5, error: 0, weights: 4, flips: null }] };
    const layers = [{ name: 'fc1', kernelShape: [2, 2], weights: 4 }];
    const back = hear(
      [
        { type: 'loaded', keptStages: 1, keptSteps: 10 },
        {
          type: 'replay',
          layers,
          totalSteps: 30,
          history,
          events: [
            { type: 'stageStarted', stage: 1, kind: 'train', steps: 10, stepsBefore: 10 },
            { type: 'test', stage: 1, globalStep: 10, report: report(0.7) },
            inspection(1, 60),
            { type: 'stageDone', summary: { ...summary(1), testAccuracy: 0.7 } },
          ],
        },
      ],
      twoStages,
    );
    expect([back.test?.accuracy, back.ledger?.totalBits, back.summaries[1]?.testAccuracy]).toEqual([0.7, 60, 0.7]);
    expect([back.current, back.totalSteps, back.layers, back.history]).toEqual([null, 30, layers, history]);
  });

  test('an edited program falls back to what its kept stages measured', () => {
    const kept = hear([{ type: 'loaded', keptStages: 1, keptSteps: 10 }], twoStages);
    expect(kept.test?.accuracy).toBe(0.9);
    expect(kept.ledger?.totalBits).toBe(330);
    expect(Object.keys(kept.summaries)).toEqual(['0']);
    const none = hear([{ type: 'loaded', keptStages: 0, keptSteps: 0 }], twoStages);
    expect([none.test, none.ledger, none.summaries]).toEqual([null, null, {}]);
  });

  test('a warning stands once, however often it comes', () => {
    const warning = { type: 'warning', message: 'The loss is not a number.' } as const;
    const state = hear([events(warning, warning), { type: 'filesRejected', message: 'Not an IDX file.' }]);
    expect(state.notices.map((n) => [n.tone, n.message])).toEqual([
      ['warning', 'The loss is not a number.'],
      ['danger', 'Not an IDX file.'],
    ]);
    expect(new Set(state.notices.map((n) => n.id)).size).toBe(2);
  });

  test('a notice goes when what it is about is over', () => {
    const dataset = { id: 'own' } as Extract<Message, { type: 'filesRead' }>['dataset'];
    const told = hear([events({ type: 'warning', message: 'Slow.' }), { type: 'filesRejected', message: 'Not an IDX file.' }]);
    expect(hear([{ type: 'filesRead', dataset }], told).notices.map((n) => n.message)).toEqual(['Slow.']);
    expect(hear([{ type: 'loaded', keptStages: 0, keptSteps: 0 }], told).notices.map((n) => n.message)).toEqual(['Not an IDX file.']);
  });

  test('data that arrived clears the trouble; a finished download is no progress', () => {
    const failed = hear([{ type: 'dataFailed', message: 'No network.', wantsFiles: false }]);
    expect(failed.dataProblem?.message).toBe('No network.');
    const photos = { decoded: 3, skipped: 0 };
    const archive = hear([{ type: 'dataProgress', name: 'set.tgz', loadedBytes: 10, totalBytes: 10, photos }], failed);
    expect(archive.dataProgress?.photos).toEqual(photos);
    expect(hear([{ type: 'filesCancelled' }], archive).dataProgress).toBeNull();
    expect(hear([{ type: 'filesRejected', message: 'Damaged.' }], archive).dataProgress).toBeNull();
    const loading = hear([{ type: 'dataProgress', name: 'MNIST', loadedBytes: 5, totalBytes: 10 }], failed);
    expect([loading.dataProblem, loading.dataProgress?.loadedBytes]).toEqual([null, 5]);
    expect(hear([{ type: 'dataProgress', name: 'MNIST', loadedBytes: 10, totalBytes: 10 }], loading).dataProgress).toBeNull();
  });

  test('a press on play is remembered until the engine runs, or cannot', () => {
    const status = (status: RunState['status']): Message => ({ type: 'status', status, message: '' });
    const asked = { ...initialRunState, queued: true };
    expect(hear([status('loading'), status('idle')], asked).queued).toBe(true);
    for (const end of ['running', 'paused', 'done', 'failed'] as const) expect(hear([status(end)], asked).queued).toBe(false);
    expect(hear([{ type: 'fatal', message: 'Out of memory.' }], asked).queued).toBe(false);
  });

  test('a failed run says why and what to do', () => {
    const state = hear([events({ type: 'failed', message: 'The loss is not a number.', advice: 'Try a smaller learning rate.' })]);
    expect(state.status).toBe('failed');
    expect(state.notices[0]?.detail).toBe('Try a smaller learning rate.');
  });

  test('a crash of the engine is fatal', () => {
    const state = hear([{ type: 'fatal', message: 'Out of memory.' }]);
    expect([state.status, state.fatal]).toEqual(['failed', 'Out of memory.']);
  });
});
