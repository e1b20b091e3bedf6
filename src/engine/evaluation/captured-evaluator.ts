import * as tf from '@tensorflow/tfjs-core';
import type { ImageSet } from '../../datasets/types';
import type { CapturableBackend } from '../device/capturable-backend';
import type { Capture } from '../device/capture';
import { readTensor } from '../device/gpu-program';
import { notTraining } from '../device/step-context';
import { traced } from '../device/trace';
import { type Affine, byteTable } from '../images/batches';
import { GpuImages } from '../images/gpu-images';
import { copyRow, gather } from '../kernels/webgpu/gather';
import type { Network } from '../network/network';
import { type Evaluator, evaluationBatch, replacements } from './evaluator';

/** Ends the key of a pass over the values in the file, whatever parametrizations there are. */
const FILE = ' file';
/** Batches in one submission. */
const BATCHES_PER_SUBMIT = 8;

interface Traced {
  readonly capture: Capture;
  readonly order: tf.Tensor;
  readonly row: tf.Tensor;
  readonly results: tf.Tensor;
}

/** The forward pass over batches of images that lie on the GPU, traced once for each set and each way of looking at the weights. */
export class CapturedEvaluator implements Evaluator {
  private readonly passes = new Map<string, Traced>();
  private readonly sets: ImageSet[] = [];
  private readonly bytes: tf.Tensor;
  private replaced: Map<string, tf.Tensor> | undefined;
  private version = 0;
  private parametrizationsKey = '';

  constructor(
    private readonly backend: CapturableBackend,
    private readonly network: Network,
    affine: Affine,
    private readonly fallback: Evaluator,
  ) {
    this.bytes = tf.tensor1d(byteTable(affine));
    backend.uploadToGPU(this.bytes.dataId);
  }

  async logits(set: ImageSet, indices: Uint32Array, replace?: Readonly<Record<string, Float32Array>>): Promise<Float32Array> {
    const images = GpuImages.of(this.backend, set);
    if (!images) return this.fallback.logits(set, indices, replace);
    images.upload(set.count);
    this.follow();
    if (replace) this.replace(replace);
    const batch = evaluationBatch(this.network);
    const batches = Math.ceil(indices.length / batch);
    const pass = await this.pass(set, images, batches, replace !== undefined);
    const order = new Uint32Array(batches * batch);
    order.set(indices);
    this.backend.flush();
    const { queue } = this.backend.device;
    queue.writeBuffer(this.backend.bufferOf(pass.order), 0, order);
    queue.writeBuffer(this.backend.bufferOf(pass.row), 0, Int32Array.of(0));
    for (let done = 0; done < batches; done += BATCHES_PER_SUBMIT) pass.capture.replay(Math.min(BATCHES_PER_SUBMIT, batches - done));
    const results = await readTensor(pass.results);
    const classes = results.length / (batches * batch);
    return results.subarray(0, indices.length * classes);
  }

  async warmUp(set: ImageSet, count: number, replaced: boolean): Promise<void> {
    const images = GpuImages.of(this.backend, set);
    if (!images) return;
    this.follow();
    if (replaced && !this.replaced) this.replace(await this.network.read());
    await this.pass(set, images, Math.ceil(count / evaluationBatch(this.network)), replaced);
  }

  /** Forgets what was traced of layers that a stage has rewritten since, or through parametrizations that are no longer there. */
  private follow(): void {
    const { version, parametrizationsKey } = this.network;
    if (this.version !== version) this.release();
    else if (this.parametrizationsKey !== parametrizationsKey) this.releasePasses((key) => !key.endsWith(FILE));
    this.version = version;
    this.parametrizationsKey = parametrizationsKey;
  }

  private replace(values: Readonly<Record<string, Float32Array>>): void {
    if (!this.replaced) {
      this.replaced = replacements(this.network, values);
      for (const tensor of this.replaced.values()) this.backend.uploadToGPU(tensor.dataId);
      return;
    }
    for (const [name, tensor] of this.replaced) {
      const own = values[name];
      if (own) this.backend.device.queue.writeBuffer(this.backend.bufferOf(tensor), 0, own.buffer, own.byteOffset, own.byteLength);
    }
  }

  private async pass(set: ImageSet, images: GpuImages, batches: number, replaced: boolean): Promise<Traced> {
    if (!this.sets.includes(set)) this.sets.push(set);
    const key = `${this.sets.indexOf(set)} ${batches} ${replaced ? FILE : this.network.parametrizationsKey}`;
    const known = this.passes.get(key);
    if (known) return known;
    const { backend, network } = this;
    const batch = evaluationBatch(network);
    const area = set.pixels.length / set.count;
    const classes = network.classes;
    const order = tf.tensor1d(new Int32Array(batches * batch), 'int32');
    const row = tf.tensor1d([0], 'int32');
    const results = tf.zeros([batches * batch * classes]);
    for (const { dataId } of network.variables) backend.uploadToGPU(dataId);
    for (const tensor of [order, row, results]) backend.uploadToGPU(tensor.dataId);
    const inputs = { pixels: images.pixels, labels: images.labels, order, row, table: this.bytes };
    const capture = await traced(backend, () => {
      const [pictures] = gather(backend, inputs, batch, area);
      const logits = network.forward(pictures, { ...notTraining, replace: replaced ? this.replaced : undefined });
      copyRow(backend, row, logits, results);
    });
    const pass = { capture, order, row, results };
    this.passes.set(key, pass);
    return pass;
  }

  /** Passes that are held, for tests. */
  get size(): number {
    return this.passes.size;
  }

  private releasePasses(chosen: (key: string) => boolean): void {
    for (const [key, { capture, order, row, results }] of this.passes) {
      if (!chosen(key)) continue;
      capture.dispose();
      for (const tensor of [order, row, results]) tensor.dispose();
      this.passes.delete(key);
    }
  }

  private release(): void {
    this.releasePasses(() => true);
    for (const tensor of this.replaced?.values() ?? []) tensor.dispose();
    this.replaced = undefined;
  }

  dispose(): void {
    this.release();
    this.bytes.dispose();
    this.fallback.dispose();
  }
}
