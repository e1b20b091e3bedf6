import type { Ledger } from '../../numerics/measures/ledger';
import { toFragment } from '../link/url';
import { defaultExperiment, defaultStage } from '../program/defaults';
import type { Recording } from '../recorded/recording';
import { RunRecorder } from '../recorded/recording';
import type { Evaluation, LayerInspection, LayerLevels, RunEvent, StageSummary, TestReport } from '../types/events';
import type { Experiment } from '../types/experiment';

/** For tests: the default experiment with 60 training steps, quantized, and what the page would receive of it. */
export const recordedExperiment: Experiment = {
  ...defaultExperiment(),
  stages: [{ ...defaultStage('train'), steps: 60, evaluateEvery: 20 }, defaultStage('quantize')],
};

const layers = [
  { name: 'fc1', kernelShape: [4, 3], weights: 12 },
  { name: 'fc2', kernelShape: [3, 2], weights: 6 },
];
const levels: LayerLevels = {
  values: Float32Array.of(-0.1234567, 0, 0.1234567),
  counts: Uint32Array.of(4, 5, 3),
  bits: 4,
  scale: 0.1234567,
  distinct: 3,
  possible: 15,
  zeros: 5,
};
const ledger = (totalBits: number): Ledger => ({
  weights: 18,
  denseBits: 640,
  totalBits,
  parts: [{ name: 'all', kind: totalBits < 600 ? 'codes' : 'floats', tensor: 'fc1', bits: totalBits }],
});

const evaluation = (stage: number, globalStep: number, accuracy: number): RunEvent => ({
  type: 'evaluation',
  stage,
  globalStep,
  evaluation: { count: 5000, accuracy, loss: 1 - accuracy / 2 },
});

function look(stage: number, globalStep: number): RunEvent {
  const seen = layers.map(
    ({ name, kernelShape, weights }): LayerInspection => ({
      layer: name,
      shape: kernelShape,
      latent: { min: -1 - globalStep / 3, max: 1 + globalStep / 3, counts: Uint32Array.of(1, weights - 2, 1) },
      stored: stage === 1 ? levels : null,
      quantizer: null,
    }),
  );
  return { type: 'inspection', stage, globalStep, layers: seen, tiles: null, ledger: ledger(stage === 1 ? 120 : 700) };
}

const test = (accuracy: number): Evaluation => ({ count: 10_000, accuracy, loss: 0.25 });
const report = (accuracy: number): TestReport => ({
  ...test(accuracy),
  confusion: new Uint32Array(4),
  predicted: new Uint8Array(10_000),
  wrong: [],
});

const summaries: readonly StageSummary[] = [
  { stage: 0, kind: 'train', steps: 60, valAccuracy: 0.9, testAccuracy: 0.9123, testLoss: 0.25, totalBits: 700, seconds: 1.5 },
  { stage: 1, kind: 'quantize', steps: 0, valAccuracy: 0.85, testAccuracy: 0.8765, testLoss: 0.25, totalBits: 120, seconds: 0.25 },
];

/** Every event of it, including those that are not saved. */
export function recordedEvents(experiment: Experiment = recordedExperiment): readonly RunEvent[] {
  const backend = { name: 'wasm', adapter: '', reasons: [] } as const;
  const loss = (from: number) => Float32Array.from({ length: 20 }, (_, i) => 2 / (1 + from + i));
  const turn = (from: number): RunEvent => ({ type: 'metrics', stage: 0, firstStep: from, loss: loss(from), accuracy: loss(from) });
  const [train, quantize] = summaries as [StageSummary, StageSummary];
  return [
    { type: 'started', backend, layers, totalSteps: 60 },
    { type: 'stageStarted', stage: 0, kind: 'train', steps: 60, stepsBefore: 0 },
    { type: 'progress', stage: 0, step: 0, steps: 60, epoch: 0, msPerStep: 0, waiting: 'compiling' },
    look(0, 0),
    ...[turn(0), evaluation(0, 20, 0.5), look(0, 20)],
    ...[turn(20), evaluation(0, 40, 0.7), look(0, 40)],
    ...[turn(40), look(0, 60), evaluation(0, 60, 0.9)],
    { type: 'test', stage: 0, globalStep: 60, report: report(0.9123) },
    { type: 'stageDone', summary: train },
    { type: 'stageStarted', stage: 1, kind: 'quantize', steps: 0, stepsBefore: 60 },
    ...[look(1, 60), evaluation(1, 60, 0.85)],
    { type: 'test', stage: 1, globalStep: 60, report: report(0.8765) },
    { type: 'stageDone', summary: quantize },
    {
      type: 'done',
      record: {
        ...{ experiment, url: `#${toFragment(experiment)}`, backend, seed: experiment.seed, steps: 60 },
        ...{ testAccuracy: 0.8765, valAccuracy: 0.85, trainLoss: 0.4, stages: summaries, ledger: ledger(120) },
        ...{ digest: 'ab'.repeat(32), seconds: 1.75 },
      },
    },
  ];
}

/** The recording of these events, or of others. */
export function recordingOf(events: readonly RunEvent[] = recordedEvents()): Recording {
  const recorder = new RunRecorder();
  for (const event of events) recorder.take(event);
  return recorder.recording({ recordedAt: '2026-11-21T04:00:00.000Z', commit: 'abc1234', command: 'npm run record -- mnist-ptq-4bit' });
}
