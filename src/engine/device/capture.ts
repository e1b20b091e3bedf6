/** One kernel launch. */
export interface Dispatch {
  /** What the kernel does, for the profile. */
  readonly name: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

/** A query set holds at most 4,096 timestamps, two for each launch. */
const MOST_TIMED = 2048;

interface Pool {
  dispose(): void;
  readonly numBytesAllocated: number;
}

/** A traced function: the list of its kernel launches, and the buffers that they use between themselves. */
export class Capture {
  private disposed = false;

  constructor(
    private readonly device: GPUDevice,
    readonly dispatches: readonly Dispatch[],
    private readonly pool: Pool,
    private readonly constants: readonly GPUBuffer[],
  ) {}

  /** Bytes of the intermediate buffers and constants. */
  get bytes(): number {
    return this.constants.reduce((sum, buffer) => sum + buffer.size, this.pool.numBytesAllocated);
  }

  /** Runs everything `times` times over, in one submission. */
  replay(times: number): void {
    if (this.disposed) throw new Error('This capture was disposed.');
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    let current: GPUComputePipeline | undefined;
    for (let i = 0; i < times; i++) {
      for (const { pipeline, bindGroup, workgroups } of this.dispatches) {
        if (pipeline !== current) pass.setPipeline(pipeline);
        current = pipeline;
        pass.setBindGroup(0, bindGroup);
        pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
      }
    }
    pass.end();
    this.device.queue.submit([encoder.finish()]);
  }

  /**
   * Runs everything once, a pass of its own for each launch.
   * @returns milliseconds on the GPU of each launch; undefined where the device has no timestamps
   */
  async time(): Promise<readonly number[] | undefined> {
    const { device, dispatches } = this;
    if (!device.features.has('timestamp-query') || dispatches.length > MOST_TIMED) {
      this.replay(1);
      return undefined;
    }
    const bytes = dispatches.length * 16;
    const querySet = device.createQuerySet({ type: 'timestamp', count: dispatches.length * 2 });
    const resolved = device.createBuffer({ size: bytes, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    const readable = device.createBuffer({ size: bytes, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
    const encoder = device.createCommandEncoder();
    for (const [i, { pipeline, bindGroup, workgroups }] of dispatches.entries()) {
      const pass = encoder.beginComputePass({
        timestampWrites: { querySet, beginningOfPassWriteIndex: 2 * i, endOfPassWriteIndex: 2 * i + 1 },
      });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
      pass.end();
    }
    encoder.resolveQuerySet(querySet, 0, dispatches.length * 2, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, readable, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await readable.mapAsync(GPUMapMode.READ);
    const times = new BigUint64Array(readable.getMappedRange().slice(0));
    for (const resource of [querySet, resolved, readable]) resource.destroy();
    return dispatches.map((_, i) => Math.max(0, Number((times[2 * i + 1] ?? 0n) - (times[2 * i] ?? 0n)) / 1e6));
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.pool.dispose();
    for (const buffer of this.constants) buffer.destroy();
  }
}
