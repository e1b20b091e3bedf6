import type { Ledger } from '../../numerics/measures/ledger';
import { toFragment } from '../link/url';
import type { LayerInspection, LayerSummary, StageSummary } from '../types/events';
import { type RecordedEvent, type Recording, roundStep } from './recording';
import { MOST_LOSSES, type RecordingFile, type StageFile } from './recording-file';

/** The text of a recording's file: no more digits than a picture shows, nothing said twice. @throws Error if the run has no end */
export function recordingText(recording: Recording): string {
  const { experiment, recordedAt, commit, command, backend, weights, losses, events } = recording;
  const started = events.find((event) => event.type === 'started');
  const done = events.find((event) => event.type === 'done');
  if (!started || !done) throw new Error('A recording needs the start and the end of a run.');
  const ledgers = new Ledgers();
  const stages = stageEvents(events).map((own) => stageFile(own, started.layers, ledgers));
  const every = roundStep(losses.length / MOST_LOSSES);
  const values = Array.from({ length: Math.floor(losses.length / every) }, (_, i) => rounded(losses[(i + 1) * every - 1] ?? 0, 4));
  const file: RecordingFile = {
    ...{ format: 'fewbits-recording', version: 1, link: toFragment(experiment), recordedAt, commit, command, backend },
    ...(weights !== undefined && { weights }),
    layers: modelFile(started.layers),
    totalSteps: started.totalSteps,
    losses: { every, values },
    ledgers: ledgers.all,
    stages,
    trainLoss: done.record.trainLoss === null ? null : rounded(done.record.trainLoss, 6),
    digest: done.record.digest,
    seconds: rounded(done.record.seconds, 3),
  };
  return `${JSON.stringify(file)}\n`;
}

/** The events of each stage. */
function stageEvents(events: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] {
  const starts = events.flatMap((event, i) => (event.type === 'stageStarted' ? [i] : []));
  return starts.map((start, i) => events.slice(start, starts[i + 1]));
}

function stageFile(events: readonly RecordedEvent[], atStart: readonly LayerSummary[], ledgers: Ledgers): StageFile {
  const [started] = events.filter((event) => event.type === 'stageStarted');
  const [test] = events.filter((event) => event.type === 'test');
  const evaluations = events.filter((event) => event.type === 'evaluation');
  const summary = events.flatMap((event): StageSummary[] => (event.type === 'stageDone' ? [event.summary] : []))[0];
  if (!started || !test || !summary) throw new Error('A stage of the run was not measured.');
  const { stage, kind, steps, stepsBefore } = started;
  const { count, accuracy, loss } = test.report;
  return {
    ...{ stage, kind, steps, stepsBefore },
    looks: events.flatMap((event) =>
      event.type === 'inspection'
        ? [
            {
              ...{ step: event.globalStep, ledger: ledgers.index(event.ledger) },
              ...otherModel(event.layers, atStart),
              layers: event.layers.map(layerFile),
            },
          ]
        : [],
    ),
    validations: evaluations.map(({ globalStep, evaluation }) => [
      globalStep,
      rounded(evaluation.accuracy, 6),
      rounded(evaluation.loss, 5),
    ]),
    validationImages: evaluations[0]?.evaluation.count ?? 0,
    test: { count, accuracy: rounded(accuracy, 6), loss: rounded(loss, 5) },
    seconds: rounded(summary.seconds, 3),
    ...(summary.zeroUpdates && { zeroUpdates: { ...summary.zeroUpdates } }),
    ...(summary.earlyStop && { earlyStop: summary.earlyStop }),
    ...structureOf(summary),
  };
}

/** What the stage did to the network's structure, and what the network costs then. */
function structureOf({ kept, removed, macs, inferenceMs }: StageSummary): Pick<StageFile, 'kept' | 'removed' | 'macs' | 'inferenceMs'> {
  return {
    ...(kept && { kept: { of: kept.of, layers: { ...kept.layers }, ...(kept.inputs && { inputs: [...kept.inputs] }) } }),
    ...(removed && { removed: { ...removed, layers: { ...removed.layers } } }),
    ...(macs !== undefined && { macs }),
    ...(inferenceMs !== undefined && { inferenceMs: rounded(inferenceMs, 4) }),
  };
}

type ModelFile = RecordingFile['layers'];

function modelFile(layers: readonly LayerSummary[]): ModelFile {
  return layers.map(({ name, kernelShape, weights }) => ({ name, kernelShape: [...kernelShape], weights }));
}

/** The layers that were looked at, if they are not those of the start of the run. */
function otherModel(seen: readonly LayerInspection[], atStart: readonly LayerSummary[]): { readonly model?: ModelFile } {
  const same = (layer: LayerInspection, i: number) =>
    layer.layer === atStart[i]?.name && layer.shape.join() === atStart[i].kernelShape.join();
  if (seen.length === atStart.length && seen.every(same)) return {};
  return {
    model: modelFile(seen.map(({ layer, shape }) => ({ name: layer, kernelShape: shape, weights: shape.reduce((a, b) => a * b, 1) }))),
  };
}

function layerFile({ latent, pruned, stored }: LayerInspection): StageFile['looks'][number]['layers'][number] {
  return {
    latent: [rounded(latent.min, 5), rounded(latent.max, 5), [...latent.counts]],
    ...(pruned !== undefined && { pruned }),
    stored: stored && {
      ...stored,
      values: Array.from(stored.values, (value) => rounded(value, 5)),
      counts: [...stored.counts],
      scale: stored.scale === null ? null : rounded(stored.scale, 5),
    },
  };
}

/** The different ledgers of a run, in the order in which they came. */
class Ledgers {
  readonly all: RecordingFile['ledgers'] = [];
  private readonly texts: string[] = [];

  index({ weights, denseBits, totalBits, parts }: Ledger): number {
    const ledger = { weights, denseBits, totalBits, parts: parts.map(({ name, kind, tensor, bits }) => ({ name, kind, tensor, bits })) };
    const text = JSON.stringify(ledger);
    const known = this.texts.indexOf(text);
    if (known >= 0) return known;
    this.all.push(ledger);
    return this.texts.push(text) - 1;
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
