import * as tf from '@tensorflow/tfjs-core';

import type { CapturableBackend } from './capturable-backend';

export type UpdateMethod = 'sgd' | 'momentum' | 'adam' | 'rmsprop';

/** What one step needs; a method reads the fields that its formula has. */
export interface Hyper {
  readonly lr: number;
  /** momentum: share of the velocity that is kept. */
  readonly momentum?: number;
  /** adam: decay of the mean and of the mean square of the gradient. */
  readonly beta1?: number;
  readonly beta2?: number;
  /** rmsprop: decay of the mean square of the gradient. */
  readonly decay?: number;
  readonly epsilon?: number;
  /** Times the parameter, added to the gradient; 0 for none. */
  readonly weightDecay: number;
  /** Counts from 1. */
  readonly step: number;
}

export type UpdateValues = Required<Hyper>;

/** How many arrays of the parameter's shape, zero at first, a method keeps: velocity; mean and mean square; mean square. */
export const slotCount: Readonly<Record<UpdateMethod, number>> = { sgd: 0, momentum: 1, adam: 2, rmsprop: 1 };

/** The number in random streams of what the file stores and of everything that is measured outside training. */
export const STORED_STEP = 2 ** 32 - 1;

/** What the optimizer's kernel and parametrizations read of a step, in this order, as floats. */
export const hyperFields = [
  'lr',
  'momentum',
  'beta1',
  'new1',
  'beta2',
  'new2',
  'decay',
  'newSquare',
  'epsilon',
  'correction1',
  'correction2',
  'weightDecay',
  'elapsed',
  'progress',
] as const;

/** Writes one step's row. Differences from 1 are taken in double precision: in float32, 1 − 0.999 is wrong in the fifth digit. */
export function fillHyper(row: Float32Array, values: UpdateValues, progress = 0): void {
  const { lr, momentum, beta1, beta2, decay, epsilon, weightDecay, step } = values;
  const corrections = [1 - beta1 ** step, 1 - beta2 ** step];
  row.set([lr, momentum, beta1, 1 - beta1, beta2, 1 - beta2, decay, 1 - decay, epsilon, ...corrections, weightDecay, step - 1, progress]);
}

/**
 * The values that change from step to step, on the GPU: which row of the tables the current step reads, and the rows.
 * A replayed step ends by moving to the next row.
 */
export class StepTable {
  /** While a step is being captured: what its kernels shall read. */
  static current: StepTable | undefined;

  /**
   * Gives a kernel the tensors where it finds the step's number in random streams: `streams[row[0]]`. In a captured step they are the
   * table's; else, and for what is measured inside of one, such as a frozen network, they hold the given number.
   */
  static withStream(step: number, use: (row: tf.Tensor, streams: tf.Tensor) => void): void {
    const { current } = StepTable;
    if (current && step !== STORED_STEP) {
      use(current.row, current.streams);
      return;
    }
    const own = [tf.tensor1d([0], 'int32'), tf.tensor1d(Int32Array.of(step), 'int32')] as const;
    use(...own);
    tf.dispose([...own]);
  }

  /** [0]: the row. */
  readonly row: tf.Tensor;
  /** rows × hyperFields. */
  readonly table: tf.Tensor;
  /** For each row the step's number in random streams (bits of a u32). */
  readonly streams: tf.Tensor;
  /** rows × 2: loss and number right, written by the step. */
  readonly metrics: tf.Tensor;

  constructor(
    private readonly backend: CapturableBackend,
    readonly rows: number,
  ) {
    this.row = tf.tensor1d([0], 'int32');
    this.table = tf.tensor1d(new Float32Array(rows * hyperFields.length));
    this.streams = tf.tensor1d(new Int32Array(rows), 'int32');
    this.metrics = tf.tensor1d(new Float32Array(rows * 2));
    for (const tensor of [this.row, this.table, this.streams, this.metrics]) backend.uploadToGPU(tensor.dataId);
  }

  /** A table of one row, for a step that is run once. */
  static of(backend: CapturableBackend, values: UpdateValues): StepTable {
    const single = new StepTable(backend, 1);
    const row = new Float32Array(hyperFields.length);
    fillHyper(row, values);
    single.write(row, new Int32Array(1));
    return single;
  }

  /** Sets the rows from the first on, and goes to the first. */
  write(table: Float32Array, streams: Int32Array): void {
    const { queue } = this.backend.device;
    // What tfjs uploads it may first record as a copy: sent after these writes, it would undo them.
    this.backend.flush();
    queue.writeBuffer(this.backend.bufferOf(this.row), 0, Int32Array.of(0));
    queue.writeBuffer(this.backend.bufferOf(this.table), 0, table.buffer, table.byteOffset, table.byteLength);
    queue.writeBuffer(this.backend.bufferOf(this.streams), 0, streams.buffer, streams.byteOffset, streams.byteLength);
  }

  dispose(): void {
    for (const tensor of [this.row, this.table, this.streams, this.metrics]) tensor.dispose();
  }
}
