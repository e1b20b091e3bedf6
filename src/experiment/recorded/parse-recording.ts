import * as v from 'valibot';
import { fromFragment, toFragment } from '../link/url';
import { stepName, unroll } from '../program/unroll';
import type { LayerInspection, LayerSummary, RunRecord, StageSummary } from '../types/events';
import type { Experiment } from '../types/experiment';
import type { RecordedEvent, Recording } from './recording';
import { type RecordingFile, recordingSchema, type StageFile } from './recording-file';

/** A file that is no recording, as one sentence. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

/**
 * A recording from JSON: checked field by field, its experiment as strictly as a link's. What follows from the rest is not in the
 * file, so that nothing in it contradicts itself.
 * @throws RecordingError saying what is wrong
 */
export function parseRecording(json: unknown): Recording {
  const result = v.safeParse(recordingSchema, json);
  if (!result.success) {
    const path = v.getDotPath(result.issues[0]);
    throw new RecordingError(`This is not a recording of a run: ${path ? `its ${path} is invalid` : 'it has another structure'}.`);
  }
  const file = result.output;
  const { experiment, problems } = fromFragment(file.link);
  const [problem] = problems;
  if (problem) throw new RecordingError(`The recording's experiment cannot be read: ${problem.message}`);
  check(file, experiment);
  const { recordedAt, commit, command, backend, weights } = file;
  const stages = file.stages.map((stage) => ({ stage, summary: summaryOf(stage, file) }));
  const record = recordOf(
    file,
    experiment,
    stages.map(({ summary }) => summary),
  );
  const started = { type: 'started', backend: record.backend, layers: file.layers, totalSteps: file.totalSteps } as const;
  return {
    ...{ experiment, recordedAt, commit, command, backend },
    ...(weights !== undefined && { weights }),
    losses: lossesOf(file),
    events: [started, ...stages.flatMap(({ stage, summary }) => eventsOf(stage, summary, file)), { type: 'done', record }],
  };
}

/** What a schema of single fields cannot say. */
function check(file: RecordingFile, experiment: Experiment): void {
  let step = 0;
  let last = -1;
  for (const { stage, kind, steps, stepsBefore, looks: inspections, validations } of file.stages) {
    const where = `its ${stepName(experiment.stages, stage)}`;
    const meant = unroll(experiment.stages)[stage]?.stage;
    if (stage <= last || meant?.kind !== kind || !meant.on) throw inconsistent(`${where} is not one of its experiment`);
    const at = [stepsBefore, ...inspections.map((seen) => seen.step)];
    if (stepsBefore !== step || !ascend(at) || !ascend([stepsBefore, ...validations.map(([of]) => of)]))
      throw inconsistent(`the steps of ${where} are not in order`);
    step = at.at(-1) ?? step;
    if (step !== validations.at(-1)?.[0] || step > stepsBefore + steps) throw inconsistent(`${where} has no measured end`);
    last = stage;
    for (const { ledger, layers, model = file.layers } of inspections) {
      if (!file.ledgers[ledger] || layers.length !== model.length) throw inconsistent(`an inspection of ${where} does not fit the model`);
    }
  }
  const { every, values } = file.losses;
  if (every * values.length > step || step > file.totalSteps) throw inconsistent('it has more steps than were planned or run');
}

function inconsistent(what: string): RecordingError {
  return new RecordingError(`This recording of a run contradicts itself: ${what}.`);
}

function ascend(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || number >= (numbers[i - 1] ?? 0));
}

function stepsDone({ looks, stepsBefore }: StageFile): number {
  return (looks.at(-1)?.step ?? stepsBefore) - stepsBefore;
}

function lossesOf({ losses: { every, values }, stages }: RecordingFile): Float32Array {
  const losses = new Float32Array(stages.reduce((sum, stage) => sum + stepsDone(stage), 0)).fill(Number.NaN);
  for (const [i, value] of values.entries()) losses[(i + 1) * every - 1] = value;
  return losses;
}

function summaryOf(file: StageFile, { ledgers }: RecordingFile): StageSummary {
  const { stage, kind, test, seconds, zeroUpdates, earlyStop, kept, removed, macs, inferenceMs } = file;
  return {
    ...{ stage, kind, steps: stepsDone(file), valAccuracy: file.validations.at(-1)?.[1] ?? 0 },
    ...{ testAccuracy: test.accuracy, testLoss: test.loss, totalBits: ledgers[file.looks.at(-1)?.ledger ?? 0]?.totalBits ?? 0, seconds },
    ...(zeroUpdates && { zeroUpdates }),
    ...(earlyStop && { earlyStop }),
    ...(kept && { kept }),
    ...(removed && { removed }),
    ...(macs !== undefined && { macs }),
    ...(inferenceMs !== undefined && { inferenceMs }),
  };
}

function recordOf(file: RecordingFile, experiment: Experiment, stages: readonly StageSummary[]): RunRecord {
  const last = stages.at(-1);
  const ledger = file.ledgers[file.stages.at(-1)?.looks.at(-1)?.ledger ?? 0];
  if (!last || !ledger) throw inconsistent('it has no end');
  const { backend, trainLoss, digest, seconds } = file;
  return {
    ...{ experiment, url: `#${toFragment(experiment)}`, backend: { ...backend, reasons: [] }, seed: experiment.seed },
    steps: stages.reduce((sum, stage) => sum + stage.steps, 0),
    ...{ testAccuracy: last.testAccuracy, valAccuracy: last.valAccuracy, trainLoss, stages, ledger, digest, seconds },
  };
}

function eventsOf(file: StageFile, summary: StageSummary, { layers, ledgers }: RecordingFile): readonly RecordedEvent[] {
  const { stage, kind, steps, stepsBefore, test, validationImages } = file;
  const inspections = file.looks.map(({ step, ledger, model = layers, layers: seen }): RecordedEvent => {
    const inspected = seen.flatMap((own, i) => (model[i] ? [inspection(model[i], own)] : []));
    return { type: 'inspection', stage, globalStep: step, layers: inspected, tiles: null, ledger: ledgers[ledger] as RunRecord['ledger'] };
  });
  const validations = file.validations.map(
    ([step, accuracy, loss]): RecordedEvent => ({
      type: 'evaluation',
      stage,
      globalStep: step,
      evaluation: { count: validationImages, accuracy, loss },
    }),
  );
  // As the engine says them: a validation comes before the inspection at the same step, but for the end of the stage.
  const before = [...validations.slice(0, -1), ...inspections.slice(0, -1)].sort((a, b) => stepOf(a) - stepOf(b));
  // Which images were wrong is not saved.
  const report = { ...test, confusion: new Uint32Array(), predicted: new Uint8Array(), wrong: [] };
  return [
    { type: 'stageStarted', stage, kind, steps, stepsBefore },
    ...before,
    ...inspections.slice(-1),
    ...validations.slice(-1),
    { type: 'test', stage, globalStep: stepsBefore + summary.steps, report },
    { type: 'stageDone', summary },
  ];
}

function stepOf(event: RecordedEvent): number {
  return 'globalStep' in event ? event.globalStep : 0;
}

type SeenLayer = StageFile['looks'][number]['layers'][number];

function inspection({ name, kernelShape }: LayerSummary, { latent: [min, max, counts], pruned, stored }: SeenLayer): LayerInspection {
  return {
    layer: name,
    shape: kernelShape,
    latent: { min, max, counts: Uint32Array.from(counts) },
    ...(pruned !== undefined && { pruned }),
    stored: stored && { ...stored, values: Float32Array.from(stored.values), counts: Uint32Array.from(stored.counts) },
    quantizer: null,
  };
}
