import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { DataId } from '@tensorflow/tfjs-core';
import { Capture, type Dispatch } from './capture';

/**
 * What the class below needs of tfjs's backend and finds declared private there (tfjs 4.22, pinned exactly).
 * The names are stable: the package has had no release since 2024.
 */
interface Internals {
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<DataId>;
  uniformPendingDisposal: GPUBuffer[];
  tensorDataPendingDisposal: DataId[];
  dispatchCountInPass: number;
  readonly pipelineCache: Readonly<Record<string, GPUComputePipeline | Promise<GPUComputePipeline>>>;
  recordAndSubmit(program: { readonly shaderKey: string }, ...rest: unknown[]): void;
}

type BufferManager = WebGPUBackend['bufferManager'];

/**
 * tfjs's WebGPU backend, able to trace what a function dispatches instead of running it. While tracing, the step's
 * intermediate buffers come from a pool of its own, which is never handed out again; constants get buffers of their own;
 * uniforms are written once and stay. What is traced can then be replayed without any JavaScript of tfjs.
 */
export class CapturableBackend extends WebGPUBackend {
  private recording: Dispatch[] | undefined;
  private constants: GPUBuffer[] = [];
  private poolOutside: BufferManager | undefined;
  private firstOwnId = 0;
  /** Name of the kernel being recorded. */
  private kernelName = '';

  constructor(device: GPUDevice, info?: GPUAdapterInfo) {
    super(device, info);
    const { internals } = this;
    const record = internals.recordAndSubmit.bind(this);
    internals.recordAndSubmit = (program, ...rest) => {
      this.kernelName = tfjsName(program.shaderKey);
      record(program, ...rest);
    };
  }

  private get internals(): Internals {
    return this as unknown as Internals;
  }

  get capturing(): boolean {
    return this.recording !== undefined;
  }

  /**
   * Runs `f` once without executing its kernels.
   * @param f may only dispatch kernels: no readback, no upload but of constants, no new values for old variables except in place
   * @throws Error if `f` copies buffers, which cannot be replayed
   */
  capture(f: () => void): Capture {
    if (this.recording) throw new Error('A capture cannot hold another one.');
    this.flush();
    const { internals } = this;
    const recording: Dispatch[] = [];
    const outside = this.bufferManager;
    const Pool = outside.constructor as new (device: GPUDevice) => BufferManager;
    const pool = new Pool(this.device);
    this.recording = recording;
    this.constants = [];
    this.poolOutside = outside;
    this.firstOwnId = this.nextId();
    this.bufferManager = pool;
    try {
      f();
      return new Capture(this.device, recording, pool, this.constants);
    } finally {
      internals.tensorDataPendingDisposal = [];
      internals.uniformPendingDisposal = [];
      internals.commandEncoder = null;
      internals.computePassEncoder = null;
      internals.dispatchCountInPass = 0;
      this.recording = undefined;
      this.bufferManager = outside;
      this.poolOutside = undefined;
    }
  }

  /** tfjs's pipelines that are being compiled. */
  compiling(): readonly Promise<unknown>[] {
    return Object.values(this.internals.pipelineCache).filter((pipeline) => pipeline instanceof Promise);
  }

  /** Submits what tfjs has recorded and not yet sent. */
  flush(): void {
    if (!this.internals.commandEncoder) return;
    this.endComputePassEncoder();
    this.submitQueue();
  }

  /** The buffer behind a tensor, uploaded if need be. */
  bufferOf(info: { readonly dataId: DataId }): GPUBuffer {
    this.uploadToGPU(info.dataId);
    return this.tensorMap.get(info.dataId).resource as GPUBuffer;
  }

  /** Adds a dispatch of our own to what tfjs dispatches. @param owned data ids that must live until it is submitted */
  dispatch(entry: Dispatch, owned: readonly DataId[]): void {
    const { internals } = this;
    for (const dataId of owned) internals.commandQueueOwnedIds.add(dataId);
    this.ensureCommandEncoderReady();
    internals.computePassEncoder ??= internals.commandEncoder?.beginComputePass() ?? null;
    this.kernelName = entry.name;
    const pass = internals.computePassEncoder;
    pass?.setPipeline(entry.pipeline);
    pass?.setBindGroup(0, entry.bindGroup);
    pass?.dispatchWorkgroups(...entry.workgroups);
    internals.dispatchCountInPass++;
    if (!this.recording && internals.dispatchCountInPass >= 15) this.flush();
  }

  override ensureCommandEncoderReady(): void {
    if (!this.recording) {
      super.ensureCommandEncoderReady();
      return;
    }
    this.internals.commandEncoder ??= refusingEncoder;
    this.internals.computePassEncoder ??= this.recorder(this.recording);
  }

  override endComputePassEncoder(): void {
    if (this.recording) this.internals.computePassEncoder = null;
    else super.endComputePassEncoder();
  }

  override submitQueue(): void {
    if (!this.recording) super.submitQueue();
    else this.internals.dispatchCountInPass = 0;
  }

  override uploadToGPU(dataId: DataId): void {
    const data = this.tensorMap.get(dataId);
    const values = data.values as ArrayLike<number> | null;
    if (!this.recording || data.resource != null) {
      super.uploadToGPU(dataId);
      return;
    }
    const isOwn = (dataId as { id?: number }).id !== undefined && ((dataId as { id: number }).id ?? 0) >= this.firstOwnId;
    if (!values && isOwn) {
      super.uploadToGPU(dataId);
      return;
    }
    const size = Math.max(4, 4 * data.shape.reduce((a, b) => a * b, 1));
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = isOwn
      ? this.device.createBuffer({ size, usage, mappedAtCreation: true })
      : // A tensor from before the capture outlives it: its buffer belongs to the pool outside.
        (this.poolOutside as BufferManager).acquireBuffer(size, usage, true, false);
    const mapped = buffer.getMappedRange();
    if (values) (data.dtype === 'float32' ? new Float32Array(mapped) : new Int32Array(mapped)).set(values);
    buffer.unmap();
    data.resource = buffer;
    data.values = null as never;
    if (isOwn) {
      // "External" makes tfjs leave the buffer alone when the constant's tensor is disposed: the capture owns it.
      (data as { external?: boolean }).external = true;
      this.constants.push(buffer);
    }
  }

  private nextId(): number {
    const { dataId } = this.makeTensorInfo([], 'float32', Float32Array.of(0));
    this.disposeData(dataId);
    return (dataId as { id: number }).id + 1;
  }

  private recorder(recording: Dispatch[]): GPUComputePassEncoder {
    let pipeline: GPUComputePipeline;
    let bindGroup: GPUBindGroup;
    const recorder = {
      setPipeline: (value: GPUComputePipeline) => {
        pipeline = value;
      },
      setBindGroup: (_: number, value: GPUBindGroup) => {
        bindGroup = value;
      },
      dispatchWorkgroups: (x: number, y = 1, z = 1) => {
        recording.push({ name: this.kernelName, pipeline, bindGroup, workgroups: [x, y, z] });
        // Dispatches of one pass run one after the other, so a buffer may be used again as soon as its tensor is gone.
        this.internals.commandQueueOwnedIds = new WeakSet();
      },
      end: () => {},
    };
    return recorder as unknown as GPUComputePassEncoder;
  }
}

/** The kernel's name at the head of a tfjs shader key ("matMulPacked_4,4,1_false…"). */
function tfjsName(shaderKey: string): string {
  return /^[A-Za-z0-9]+/.exec(shaderKey)?.[0] ?? 'kernel';
}

/** Stands for tfjs's command encoder during a capture: a copy would be recorded once and never replayed. */
const refusingEncoder = new Proxy({} as GPUCommandEncoder, {
  get(_, property) {
    throw new Error(`A captured step may not use ${String(property)}: only kernels can be replayed.`);
  },
});
