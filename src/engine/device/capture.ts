/** One kernel launch. */
export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

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

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.pool.dispose();
    for (const buffer of this.constants) buffer.destroy();
  }
}
