import { datasetShape } from '../methods/data';
import { buildModel, modelProblem } from '../methods/models/registry';
import { macCount, shapedLayers } from '../operators/layers';
import { size } from '../operators/operator';
import { trains } from '../stages/registry';
import { isSoftwareAdapter } from '../types/backend-names';
import type { BackendInfo } from '../types/events';
import type { Experiment, TrainStage } from '../types/experiment';
import { unroll } from './unroll';

/**
 * Multiply-accumulates a second of a training step, forward and backward, on a slow laptop: LeNet-5 with batch 64 (3 × 147 million)
 * takes 4 s in plain JavaScript and 0.1 s on WebAssembly.
 */
const SPEED = { webgpu: 1e12, webgl: 2e11, wasm: 4e9, cpu: 1e8 } as const;
const SOFTWARE_SPEED = 1e8;
/** A step computes about three times as much as the forward pass. */
const PASSES = 3;
/** Outputs of layers, for the backward pass, and as much again for a part of their gradients. */
const BYTES_PER_ACTIVATION = 4 * 1.3;

export interface RunCost {
  /** Of all training steps. */
  readonly seconds: number;
  /** Of the slowest training step. */
  readonly stepSeconds: number;
  /** That the largest batch takes. */
  readonly bytes: number;
}

/** What the training of this experiment would take here, to within some factor; zeros where its images are not known. */
export function runCost(experiment: Experiment, { name, adapter }: Pick<BackendInfo, 'name' | 'adapter'>): RunCost {
  const { data, model, stages } = experiment;
  const shape = datasetShape(data.dataset);
  const nothing: RunCost = { seconds: 0, stepSeconds: 0, bytes: 0 };
  if (!shape || modelProblem(model, shape.input, shape.classes)) return nothing;
  const layers = buildModel(model, shape.input, shape.classes);
  const macs = macCount(layers, shape.input);
  const activations = shapedLayers(layers, shape.input).reduce((sum, { input }) => sum + size(input), 0);
  const speed = isSoftwareAdapter(adapter) ? SOFTWARE_SPEED : SPEED[name];
  return unroll(stages).reduce((cost, { stage }) => {
    if (!stage.on || !trains(stage)) return cost;
    const { batch, steps } = stage as TrainStage;
    const stepSeconds = (PASSES * macs * batch) / speed;
    return {
      seconds: cost.seconds + steps * stepSeconds,
      stepSeconds: Math.max(cost.stepSeconds, stepSeconds),
      bytes: Math.max(cost.bytes, batch * activations * BYTES_PER_ACTIVATION),
    };
  }, nothing);
}

/** A run that takes longer, or more memory, is confirmed before it starts. */
const LONG_SECONDS = 2 * 3600;
const LARGE_BYTES = 2 ** 30;

export function isLong({ seconds }: RunCost): boolean {
  return seconds > LONG_SECONDS;
}

export function isLarge({ bytes }: RunCost): boolean {
  return bytes > LARGE_BYTES;
}
