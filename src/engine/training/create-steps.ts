import * as tf from '@tensorflow/tfjs-core';
import { gpuBackend } from '../device/gpu-program';
import { eagerContext } from '../device/step-context';
import type { UpdateMethod } from '../device/step-table';
import { CapturedSteps } from './captured-steps';
import { hyperOf, makeSlots, readSlots, type SlotVariables } from './optimizer-state';
import { trainingStep } from './step';
import { type StepMetrics, type StepSetup, type Steps, streamNumber } from './steps';

/** The fastest way to run these steps on the current backend. */
export function createSteps(setup: StepSetup): Steps {
  const gpu = gpuBackend();
  return (gpu && CapturedSteps.create(gpu, setup)) ?? new EagerSteps(setup);
}

/** Training steps as tfjs runs them, operation by operation: the reference, and the way of every backend but WebGPU. */
export class EagerSteps implements Steps {
  private readonly slotVariables: SlotVariables;
  private readonly images: Float32Array;
  private readonly labels: Int32Array;

  constructor(private readonly setup: StepSetup) {
    const { feeder, stage } = setup;
    this.images = new Float32Array(stage.batch * feeder.pixels);
    this.labels = new Int32Array(stage.batch);
    this.slotVariables = makeSlots(setup);
  }

  async warmUp(): Promise<void> {}

  async run(from: number, count: number): Promise<StepMetrics> {
    const { feeder, stage, ordinal, seed } = this.setup;
    const results: { readonly loss: tf.Tensor; readonly correct: tf.Tensor }[] = [];
    try {
      for (let step = from; step < from + count; step++) {
        const indices = feeder.indices(step, stage.batch, ordinal, stage.orderSeed || seed);
        await feeder.ready(indices);
        feeder.fill(indices, this.images, this.labels);
        results.push(this.step(step));
      }
      const loss = await readScalars(results.map((result) => result.loss));
      const correct = await readScalars(results.map((result) => result.correct));
      return { loss, accuracy: correct.map((n) => n / stage.batch) };
    } finally {
      tf.dispose(results);
    }
  }

  private step(step: number): { readonly loss: tf.Tensor; readonly correct: tf.Tensor } {
    const { objective, stage, feeder, seed, ordinal } = this.setup;
    const hyper = hyperOf(stage, step);
    const context = eagerContext(seed, streamNumber(ordinal, step), { elapsed: step, progress: step / stage.steps, lr: hyper.lr });
    const parts = { objective, optimizer: stage.optimizer as UpdateMethod, slots: this.slotVariables };
    return tf.tidy(() => {
      const images = tf.tensor(this.images.slice(), [stage.batch, feeder.pixels]);
      const labels = tf.tensor1d(this.labels.slice(), 'int32');
      return { ...trainingStep(parts, { images, labels }, hyper, context) };
    });
  }

  slots(): Promise<Readonly<Record<string, Float32Array>>> {
    return readSlots(this.slotVariables, this.setup.stage.optimizer);
  }

  dispose(): void {
    for (const slots of this.slotVariables.values()) for (const slot of slots) slot.dispose();
  }
}

/** One readback for many scalars. */
async function readScalars(scalars: readonly tf.Tensor[]): Promise<Float32Array> {
  const joined = tf.tidy(() => tf.stack(scalars.map((scalar) => tf.cast(scalar, 'float32'))));
  const values = Float32Array.from(await joined.data());
  joined.dispose();
  return values;
}
