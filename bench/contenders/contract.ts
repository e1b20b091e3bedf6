/** What is measured, and what everyone who is measured can do. */

export interface TrainJob {
  readonly kind: 'train';
  /** Id of one of the engine's models. */
  readonly model: string;
  readonly batch: number;
  readonly backend: 'webgpu' | 'wasm';
  /** Train through a fake-quantizer of so many bits on every kernel; ours only. */
  readonly bits?: number;
}

/** Launches of a kernel that does nothing: the least that a step with so many launches can cost. */
export interface EmptyJob {
  readonly kind: 'empty';
  readonly dispatches: number;
}

export type Job = TrainJob | EmptyJob;

export interface Prepared {
  /** Name of the adapter; '' if unknown. */
  readonly adapter: string;
  /** Kernel launches in one step; 0 where nothing is launched. */
  readonly dispatches: number;
  /** Time for the first step, compilation included. */
  readonly firstMs: number;
  /** The second step, by itself. */
  readonly second: Timing;
}

export interface Timing {
  /** From the call until JavaScript had issued all steps and given up control, in milliseconds. */
  readonly jsMs: number;
  /** From the call until a number that the last step computed was read back, in milliseconds. */
  readonly totalMs: number;
  /** The loss that was read back; 0 for empty kernels. */
  readonly loss: number;
}

/** A program that trains: ours or a peer. It lives in a worker or process of its own, so that no two share a global. */
export interface Contender {
  prepare(id: string, job: Job): Promise<Prepared>;
  run(id: string, steps: number): Promise<Timing>;
  dispose(id: string): Promise<void>;
}

/** One job that is ready to run. */
export interface Runner {
  readonly adapter: string;
  /** Issues this many steps at once, then reads the last loss. */
  issue(steps: number): Promise<number>;
  dispose(): void;
}
