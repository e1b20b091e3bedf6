import * as tf from '@tensorflow/tfjs-core';
import type { ImageSet } from '../../datasets/types';
import type { CapturableBackend } from '../device/capturable-backend';

/** A set of images on the GPU as bytes, four to a word, with its labels; filled from the front as images arrive. */
export class GpuImages {
  readonly pixels: tf.Tensor;
  readonly labels: tf.Tensor;
  private uploaded = 0;

  private constructor(
    private readonly backend: CapturableBackend,
    private readonly set: ImageSet,
  ) {
    this.pixels = tf.tensor1d(new Int32Array(Math.ceil(set.pixels.length / 4)), 'int32');
    this.labels = tf.tensor1d(new Int32Array(Math.ceil(set.count / 4)), 'int32');
    for (const tensor of [this.pixels, this.labels]) {
      tf.keep(tensor);
      backend.uploadToGPU(tensor.dataId);
    }
    // tfjs may zero a used buffer by a copy that it has yet to submit: that must not come after what is written below.
    backend.flush();
  }

  private static readonly known = new WeakMap<CapturableBackend, Map<ImageSet, GpuImages>>();

  /** Frees the sets that are not among these: own files that were replaced, the other dataset. */
  static keepOnly(backend: CapturableBackend, kept: readonly ImageSet[]): void {
    const sets = GpuImages.known.get(backend);
    for (const [set, images] of sets ?? []) {
      if (kept.includes(set)) continue;
      images.pixels.dispose();
      images.labels.dispose();
      sets?.delete(set);
    }
  }

  /** The set on this device, put there once. @returns undefined if the device cannot bind that much memory */
  static of(backend: CapturableBackend, set: ImageSet): GpuImages | undefined {
    const { maxStorageBufferBindingSize, maxBufferSize } = backend.device.limits;
    if (set.pixels.length + 4 > Math.min(maxStorageBufferBindingSize, maxBufferSize)) return undefined;
    let sets = GpuImages.known.get(backend);
    if (!sets) {
      sets = new Map();
      GpuImages.known.set(backend, sets);
    }
    let images = sets.get(set);
    if (!images) {
      images = new GpuImages(backend, set);
      sets.set(set, images);
    }
    return images;
  }

  /** Uploads what has arrived up to the first `count` images. */
  upload(count: number): void {
    if (count <= this.uploaded) return;
    const { set, backend } = this;
    write(backend, this.pixels, set.pixels, (this.uploaded * set.pixels.length) / set.count, (count * set.pixels.length) / set.count);
    write(backend, this.labels, set.labels, this.uploaded, count);
    this.uploaded = count;
  }
}

/** Copies bytes [from, to) to the same place in the tensor's buffer, widened to whole words. */
function write(backend: CapturableBackend, tensor: tf.Tensor, bytes: Uint8Array, from: number, to: number): void {
  const start = from - (from % 4);
  const whole = to - ((to - start) % 4);
  const buffer = backend.bufferOf(tensor);
  if (whole > start) backend.device.queue.writeBuffer(buffer, start, bytes.buffer, bytes.byteOffset + start, whole - start);
  if (whole < to) {
    const last = new Uint8Array(4);
    last.set(bytes.subarray(whole, to));
    backend.device.queue.writeBuffer(buffer, whole, last);
  }
}
