import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from './capturable-backend';
import { emptyTensor, launch } from './gpu-program';
import { hyperFields, STORED_STEP, type StepTable } from './step-table';

/** `elapsed`: steps of the training stage before this one. `progress`: elapsed / steps of the stage. `lr`: the learning rate. */
export type StepField = 'elapsed' | 'progress' | 'lr';

/** What layers and parametrizations may know of the step that they run in. */
export interface StepContext {
  /** Batch statistics, dropout, noise; else the network is measured, and parametrizations give what the file will hold. */
  readonly training: boolean;
  /** Keys random streams, with `step`. */
  readonly seed: number;
  /** The step's number in random streams; a replayed step draws with its own, whatever this says, unless it is STORED_STEP. */
  readonly step: number;
  /** A number of this step as a new tensor []; a replayed step reads its own. Outside training `progress` is 1. */
  scalar(field: StepField): tf.Tensor;
}

/** Steps of training that have passed when the network is measured, for parametrizations: more than any delay. */
const ALL_STEPS = 2 ** 24;

/** The context of a pass that measures. */
export const notTraining: StepContext = {
  training: false,
  seed: 0,
  step: STORED_STEP,
  scalar: (field) => tf.scalar({ elapsed: ALL_STEPS, progress: 1, lr: 0 }[field]),
};

/** The context of one eager step. */
export function eagerContext(seed: number, step: number, values: Readonly<Record<StepField, number>>): StepContext {
  return { training: true, seed, step, scalar: (field) => tf.scalar(values[field]) };
}

/** The context of a step that is captured: what changes is read from the table. */
export function capturedContext(backend: CapturableBackend, seed: number, table: StepTable): StepContext {
  return {
    training: true,
    seed,
    step: 0,
    scalar(field) {
      const result = emptyTensor(backend, []);
      launch(backend, scalarWgsl(field), [table.row, table.table, result], [1, 1, 1]);
      return tf.engine().makeTensorFromTensorInfo(result);
    },
  };
}

const scalarWgsl = (field: StepField) => /* wgsl */ `
// number of the step
@group(0) @binding(0) var<storage, read> row: array<u32>;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
@compute @workgroup_size(1)
fn main() { result[0] = table[row[0] * ${hyperFields.length}u + ${hyperFields.indexOf(field)}u]; }`;
