import * as tf from '@tensorflow/tfjs-core';
import type { StepProfile } from '../../experiment/types/events';
import type { CapturableBackend } from '../device/capturable-backend';
import type { Capture } from '../device/capture';
import { readTensor } from '../device/gpu-program';
import { capturedContext } from '../device/step-context';
import type { UpdateMethod } from '../device/step-table';
import { fillHyper, hyperFields, StepTable } from '../device/step-table';
import { type CompileProgress, traced } from '../device/trace';
import { byteTable } from '../images/batches';
import { GpuImages } from '../images/gpu-images';
import { advance, type GatherInputs, gather } from '../kernels/webgpu/gather';
import { hyperOf, makeSlots, readSlots, type SlotVariables } from './optimizer-state';
import { trainingStep } from './step';
import { type StepMetrics, type StepSetup, type Steps, streamNumber } from './steps';

/** Rows of the step table: at most this many steps between two readbacks. */
const ROWS = 256;
/** Steps in one submission: few enough that a slow adapter's watchdog is not provoked. */
const STEPS_PER_SUBMIT = 16;

/**
 * Training steps on WebGPU: the step is traced once, then replayed as a list of pipelines and bind groups. Data order, step
 * count, learning rate and random streams lie in GPU buffers; nothing is read back but the losses of a turn.
 */
export class CapturedSteps implements Steps {
  private readonly slotVariables: SlotVariables;
  private readonly table: StepTable;
  private readonly order: tf.Tensor;
  private readonly bytes: tf.Tensor;
  private capture: Capture | undefined;
  private readonly spent = { js: 0, total: 0, steps: 0 };

  /** Undefined if the images do not fit the device. */
  static create(backend: CapturableBackend, setup: StepSetup): CapturedSteps | undefined {
    const images = GpuImages.of(backend, setup.feeder.dataset.train);
    return images && new CapturedSteps(backend, setup, images);
  }

  private constructor(
    private readonly backend: CapturableBackend,
    private readonly setup: StepSetup,
    private readonly images: GpuImages,
  ) {
    const { stage, feeder } = setup;
    this.slotVariables = makeSlots(setup);
    this.table = new StepTable(backend, ROWS);
    this.order = tf.tensor1d(new Int32Array(ROWS * stage.batch), 'int32');
    this.bytes = tf.tensor1d(byteTable(feeder.affine));
  }

  /** Launches in one step. */
  get dispatches(): number {
    return this.capture?.dispatches.length ?? 0;
  }

  async run(from: number, count: number): Promise<StepMetrics> {
    await this.warmUp();
    const loss = new Float32Array(count);
    const accuracy = new Float32Array(count);
    for (let done = 0; done < count; done += ROWS) {
      const rows = Math.min(ROWS, count - done);
      const started = performance.now();
      await this.prepare(from + done, rows);
      this.backend.flush();
      for (let submitted = 0; submitted < rows; submitted += STEPS_PER_SUBMIT) {
        this.capture?.replay(Math.min(STEPS_PER_SUBMIT, rows - submitted));
      }
      const issued = performance.now();
      await this.read(loss.subarray(done, done + rows), accuracy.subarray(done, done + rows));
      this.spent.js += issued - started;
      this.spent.total += performance.now() - started;
      this.spent.steps += rows;
    }
    return { loss, accuracy };
  }

  async profile(from: number): Promise<{ readonly metrics: StepMetrics; readonly profile: StepProfile }> {
    await this.warmUp();
    const metrics = { loss: new Float32Array(1), accuracy: new Float32Array(1) };
    await this.prepare(from, 1);
    this.backend.flush();
    const times = await this.capture?.time();
    await this.read(metrics.loss, metrics.accuracy);
    const names = this.capture?.dispatches.map((dispatch) => dispatch.name) ?? [];
    const { js, total, steps } = this.spent;
    const profile = {
      globalStep: from,
      dispatches: this.dispatches,
      kernels: kernelTimes(names, times),
      jsMsPerStep: js / Math.max(1, steps),
      totalMsPerStep: total / Math.max(1, steps),
      stepBytes: this.capture?.bytes ?? 0,
      gpuBytes: this.backend.memory().numBytesAllocatedInGPU,
      tensors: tf.memory().numTensors,
    };
    return { metrics, profile };
  }

  /** Reads the metrics of as many rows as the arrays are long. */
  private async read(loss: Float32Array, accuracy: Float32Array): Promise<void> {
    const metrics = await readTensor(this.table.metrics);
    for (let i = 0; i < loss.length; i++) {
      loss[i] = metrics[2 * i] ?? 0;
      accuracy[i] = (metrics[2 * i + 1] ?? 0) / this.setup.stage.batch;
    }
  }

  /** Puts the next steps' images, order, rates and stream numbers on the GPU. */
  private async prepare(from: number, rows: number): Promise<void> {
    const { feeder, stage, ordinal, seed } = this.setup;
    const order = new Uint32Array(rows * stage.batch);
    const table = new Float32Array(rows * hyperFields.length);
    const streams = new Int32Array(rows);
    for (let i = 0; i < rows; i++) {
      order.set(feeder.indices(from + i, stage.batch, ordinal, stage.orderSeed || seed), i * stage.batch);
      const row = table.subarray(i * hyperFields.length, (i + 1) * hyperFields.length);
      fillHyper(row, hyperOf(stage, from + i), (from + i) / stage.steps);
      streams[i] = streamNumber(ordinal, from + i);
    }
    this.images.upload(await feeder.ready(order));
    this.backend.device.queue.writeBuffer(this.backend.bufferOf(this.order), 0, order);
    this.table.write(table, streams);
  }

  /** Compiles and traces the step, if that has not been done. */
  async warmUp(onProgress?: CompileProgress): Promise<void> {
    if (this.capture) return;
    const { backend, table, images } = this;
    for (const { dataId } of this.setup.objective.variables) backend.uploadToGPU(dataId);
    for (const slots of this.slotVariables.values()) for (const slot of slots) backend.uploadToGPU(slot.dataId);
    const inputs = { pixels: images.pixels, labels: images.labels, order: this.order, row: table.row, table: this.bytes };
    for (const tensor of Object.values(inputs)) backend.uploadToGPU(tensor.dataId);
    this.capture = await traced(
      backend,
      () => {
        StepTable.current = table;
        try {
          this.step(inputs);
        } finally {
          StepTable.current = undefined;
        }
      },
      onProgress,
    );
  }

  private step(inputs: GatherInputs): void {
    const { objective, feeder, stage, seed } = this.setup;
    const { backend, table } = this;
    const [images, labels] = gather(backend, inputs, stage.batch, feeder.pixels);
    const parts = { objective, optimizer: stage.optimizer as UpdateMethod, slots: this.slotVariables };
    const measured = trainingStep(parts, { images, labels }, hyperOf(stage, 0), capturedContext(backend, seed, table));
    advance(backend, table.row, measured.loss, measured.correct, table.metrics);
    tf.dispose([measured.loss, measured.correct]);
  }

  slots(): Promise<Readonly<Record<string, Float32Array>>> {
    return readSlots(this.slotVariables, this.setup.stage.optimizer);
  }

  dispose(): void {
    this.capture?.dispose();
    this.table.dispose();
    this.order.dispose();
    this.bytes.dispose();
    for (const slots of this.slotVariables.values()) for (const slot of slots) slot.dispose();
  }
}

/** Launches gathered by name, longest first. @param times of each launch in milliseconds; undefined where they are not known */
export function kernelTimes(names: readonly string[], times: readonly number[] | undefined): StepProfile['kernels'] {
  const found = new Map<string, { name: string; launches: number; ms: number | null }>();
  for (const [i, name] of names.entries()) {
    const entry = found.get(name) ?? { name, launches: 0, ms: times ? 0 : null };
    entry.launches++;
    if (times) entry.ms = (entry.ms ?? 0) + (times[i] ?? 0);
    found.set(name, entry);
  }
  return [...found.values()].sort((a, b) => (b.ms ?? 0) - (a.ms ?? 0) || b.launches - a.launches);
}
