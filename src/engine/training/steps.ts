import type { StepProfile } from '../../experiment/types/events';
import type { TrainStage } from '../../experiment/types/experiment';
import type { CompileProgress } from '../device/trace';
import type { Feeder } from '../images/feeder';
import type { Objective } from './objective';

export interface StepMetrics {
  readonly loss: Float32Array;
  /** Share of each batch that was right. */
  readonly accuracy: Float32Array;
}

export interface StepSetup {
  /** What the steps lower, and over which variables. */
  readonly objective: Objective;
  readonly feeder: Feeder;
  readonly stage: TrainStage;
  readonly seed: number;
  /** Training stages before this one. */
  readonly ordinal: number;
  /** Optimizer arrays to continue with; empty to start afresh. */
  readonly slots: Readonly<Record<string, Float32Array>>;
}

/** Runs training steps of one stage. Eager on most backends, captured and replayed on WebGPU: same numbers either way. */
export interface Steps {
  /** Whatever can be done before the first step: compiling, tracing. */
  warmUp(onProgress?: CompileProgress): Promise<void>;
  /** Runs steps `from … from + count)` of the stage and reads their metrics back. */
  run(from: number, count: number): Promise<StepMetrics>;
  /** Runs one step like `run`, timing its kernels; undefined where steps are not captured. */
  profile?(from: number): Promise<{ readonly metrics: StepMetrics; readonly profile: StepProfile }>;
  /** The optimizer's arrays, by `parameter/slot`. */
  slots(): Promise<Readonly<Record<string, Float32Array>>>;
  dispose(): void;
}

/** The step's number in random streams: training stages start 2^20 steps apart. */
export function streamNumber(ordinal: number, step: number): number {
  return ordinal * 2 ** 20 + step;
}
