/** For tests: small experiments, and runs of them pulled to the end. */
import type { Dataset } from '../../datasets/types';
import { modelSettings } from '../../experiment/methods/models/registry';
import { defaultData } from '../../experiment/program/defaults';
import { defaultBlock } from '../../experiment/settings/block';
import type { Values } from '../../experiment/settings/setting';
import { stageDefinition } from '../../experiment/stages/registry';
import type { BackendInfo, BackendName, Checkpoint, RunEvent, RunRecord } from '../../experiment/types/events';
import { EXPERIMENT_VERSION, type Experiment, type ModelBlock, type Stage } from '../../experiment/types/experiment';
import { type RunOptions, run } from '../run/session';
import { defaultControl } from '../training/stage-context';

/** A stage of this kind with its defaults but for these values. */
export function stage(kind: string, values: Values = {}): Stage {
  return { kind, on: true, ...defaultBlock(stageDefinition(kind).settings, values) };
}

/** A training stage: 12 steps of batch 16, validated at the end, unless said otherwise. */
export function train(values: Values = {}): Stage {
  const chosen = { steps: 12, batch: 16, lr: 0.01, evaluateEvery: 0, ...values };
  return { kind: 'train', on: values.on !== false, ...defaultBlock(stageDefinition('train').settings, chosen) };
}

export function quantize(bits: number, on = true): Stage {
  return { kind: 'quantize', on, ...defaultBlock(stageDefinition('quantize').settings, { bits }) };
}

/** One hidden layer of 12 units. */
export const tinyMlp: ModelBlock = model('mlp', { widths: [12] });
/** Convolution, batch norm, ReLU, pooling, a hidden layer with batch norm and dropout. */
export const tinyCnn: ModelBlock = model('cnn', { channels: [3], dense: [10], batchNorm: true, dropout: 0.25 });

export function model(id: string, values: Values): ModelBlock {
  return defaultBlock(modelSettings, { id, ...values }) as ModelBlock;
}

export function tinyExperiment(stages: readonly Stage[], change: Partial<Experiment> = {}): Experiment {
  return { version: EXPERIMENT_VERSION, name: '', seed: 1, data: defaultData(), model: tinyMlp, stages, ...change };
}

export interface Finished {
  readonly events: readonly RunEvent[];
  /** Losses of all steps that this run did itself. */
  readonly losses: readonly number[];
  readonly checkpoints: readonly Checkpoint[];
  readonly models: readonly Uint8Array[];
  /** Undefined if it failed. */
  readonly record: RunRecord | undefined;
}

/** A control that asks for no inspections of the weights and no checkpoints between stages. */
export const quiet = () => ({ ...defaultControl(), inspectEveryMs: 1e9, checkpointEveryMs: 1e9 });
/** A control that asks for an inspection and a checkpoint after every turn of one step. */
export const everyStep = () => ({ ...defaultControl(), maxSteps: 1, inspectEveryMs: -1, checkpointEveryMs: 0 });

/** Runs an experiment on the current backend, to its end. */
export async function finish(
  experiment: Experiment,
  dataset: Dataset,
  options: Partial<RunOptions> & { readonly backendName?: BackendName } = {},
): Promise<Finished> {
  const events: RunEvent[] = [];
  const models: Uint8Array[] = [];
  const backend: BackendInfo = { name: options.backendName ?? 'wasm', adapter: '', reasons: [] };
  const onModel = (bytes: Uint8Array) => models.push(bytes);
  for await (const event of run(experiment, dataset, { backend, url: '#test', control: quiet(), onModel, ...options })) events.push(event);
  return {
    events,
    losses: events.flatMap((event) => (event.type === 'metrics' ? [...event.loss] : [])),
    checkpoints: events.flatMap((event) => (event.type === 'snapshot' ? [event.checkpoint] : [])),
    models,
    record: events.flatMap((event) => (event.type === 'done' ? [event.record] : []))[0],
  };
}
