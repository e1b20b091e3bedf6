import type { QuantizerInspection } from '../../numerics/inspection/quantizer-inspection';
import type { SparsityInspection } from '../../numerics/inspection/sparsity';
import type { Ledger } from '../../numerics/measures/ledger';
import type { Experiment } from './experiment';
import type { Arrays, ModelState } from './model-state';

export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

export interface BackendInfo {
  readonly name: BackendName;
  /** Adapter or device in words; '' where there is none. */
  readonly adapter: string;
  /** Why a better backend is not in use, one sentence each; empty on the first choice. */
  readonly reasons: readonly string[];
  /** Why this one is better here than one that could be opened too: a sentence. Not saved with runs. */
  readonly note?: string;
}

/** A backend that may be chosen. */
export interface BackendOffer {
  readonly name: BackendName;
  /** Adapter or device in words; '' where there is none. */
  readonly adapter: string;
  /** Why it cannot be opened here, a sentence; '' if it can. */
  readonly problem: string;
}

export interface Evaluation {
  readonly count: number;
  /** 0 … 1. */
  readonly accuracy: number;
  /** Mean cross-entropy, nats. */
  readonly loss: number;
}

export interface WrongImage {
  /** Index in the test set. */
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  /** Softmax probability of the predicted class. */
  readonly confidence: number;
  readonly pixels: Uint8Array;
}

export interface TestReport extends Evaluation {
  /** classes × classes, row = true class, column = predicted. */
  readonly confusion: Uint32Array;
  /** The predicted class of every image of the test set. */
  readonly predicted: Uint8Array;
  /** The first wrong images of the test set in order, at most 60. */
  readonly wrong: readonly WrongImage[];
}

export interface LayerSummary {
  readonly name: string;
  readonly kernelShape: readonly number[];
  readonly weights: number;
}

export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly counts: Uint32Array;
}

/** What the file stores of a layer: distinct values and how often. */
export interface LayerLevels {
  /** Ascending; the centres of bins if there are more than 512 of them. */
  readonly values: Float32Array;
  readonly counts: Uint32Array;
  /** Of one code. */
  readonly bits: number;
  /** Of the encoding: 'uniform', 'codebook', 'basis', 'format'; recordings of older versions do not have it. */
  readonly kind?: string;
  /** The step between levels; null where it is not the same for all. */
  readonly scale: number | null;
  /** Distinct values in use. */
  readonly distinct: number;
  /** Distinct values that there could be; null where blocks have scales of their own. */
  readonly possible: number | null;
  /** Weights that are stored as 0. */
  readonly zeros: number;
}

export interface LayerInspection {
  readonly layer: string;
  readonly shape: readonly number[];
  /** Full-precision parameter under the parametrizations, without the weights that are pruned. */
  readonly latent: Histogram;
  /** Weights that a mask holds at 0; none if absent. */
  readonly pruned?: number;
  /** Null where the layer is not quantized. */
  readonly stored: LayerLevels | null;
  /** What the pictures of its quantizer are drawn from; null where the layer is not quantized. */
  readonly quantizer: QuantizerInspection | null;
  /** What the pictures of pruning are drawn from; recordings and saved runs do not have it. */
  readonly sparsity?: SparsityInspection;
}

/** First-layer weights as pictures: one tile per output unit (at most 64), row-major, channels last. */
export interface WeightTiles {
  readonly layer: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly count: number;
  readonly values: Float32Array;
}

/** Distinct integer codes that a quantized model or tensor uses. */
export interface CodeUse {
  readonly uniqueCodes: number;
  readonly codeMin: number;
  readonly codeMax: number;
}

/** The best moment of a training stage: where validation loss was lowest. */
export interface EarlyStop {
  /** Training steps of the stage that were done, at least 1. */
  readonly step: number;
  /** Mean cross-entropy on the validation images, nats. */
  readonly valLoss: number;
  /** Of the weights of that step, 0 … 1. */
  readonly testAccuracy: number;
}

/** Which weights the masks keep that a stage installed. */
export interface Survivors {
  /** Weights of the masked arrays, removed ones included. */
  readonly of: number;
  /** Weights kept, by array: `fc1/kernel`. */
  readonly layers: Readonly<Record<string, number>>;
  /** Weights kept of each input of the first layer, row by row; absent unless that layer is dense and sees the image itself. */
  readonly inputs?: readonly number[];
}

/** Which units a stage removed, and whether the smaller network computes the same as the masked one. */
export interface RemovedUnits {
  /** Units of each layer that lost some, before and after. */
  readonly layers: Readonly<Record<string, { readonly kept: number; readonly of: number }>>;
  /** The largest difference of a logit, masked against removed, over a few training images. */
  readonly difference: number;
  /** The largest logit among them. */
  readonly largest: number;
}

export interface StageSummary {
  /** The step of the run, from 0: what `unroll` of its program gives at this position. So is `stage` in events and checkpoints. */
  readonly stage: number;
  readonly kind: string;
  readonly steps: number;
  readonly valAccuracy: number;
  readonly testAccuracy: number;
  readonly testLoss: number;
  readonly totalBits: number;
  readonly seconds: number;
  /** Share of each layer's weights that the stage's last step left as they were; where weights are in a number format, or gradients are pruned. */
  readonly zeroUpdates?: Readonly<Record<string, number>>;
  /** Where training was told to find its best step. */
  readonly earlyStop?: EarlyStop;
  /** Where the stage installed masks. */
  readonly kept?: Survivors;
  /** Where the stage removed units. */
  readonly removed?: RemovedUnits;
  /** Multiply-accumulates of one image after the stage. Summaries of older versions do not contain it, nor what follows. */
  readonly macs?: number;
  /** Milliseconds per test image, measured once over the whole test set, in float arithmetic on the backend of the run. */
  readonly inferenceMs?: number;
}

/** The recording that the first stages of a run were taken from: they were trained earlier, perhaps elsewhere. */
export interface RecordedStart {
  /** As many leading steps of the run. */
  readonly stages: number;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  readonly backend: BackendName;
  /** Of the sources that produced it; '' if it is not known. */
  readonly commit: string;
}

/** One execution of an experiment: what `lab run --json` prints. */
export interface RunRecord {
  readonly experiment: Experiment;
  readonly url: string;
  readonly backend: BackendInfo;
  readonly seed: number;
  /** Training steps done. */
  readonly steps: number;
  readonly testAccuracy: number;
  readonly valAccuracy: number;
  /** Mean loss of the last 100 training steps; null if nothing was trained. */
  readonly trainLoss: number | null;
  readonly stages: readonly StageSummary[];
  readonly ledger: Ledger;
  /** Weights that are stored as something else than 0. Runs saved by older versions do not contain it, nor what follows. */
  readonly nonZeros?: number;
  /** Multiply-accumulates of one image. */
  readonly macs?: number;
  /** Milliseconds per test image when the whole test set was measured, in float arithmetic on this backend. */
  readonly inferenceMs?: number;
  /** Absent unless some tensor is quantized. */
  readonly codes?: CodeUse & { readonly tensors: Readonly<Record<string, CodeUse>> };
  /** SHA-256 hex of the model file and the test predictions. */
  readonly digest: string;
  readonly seconds: number;
  /** Absent where all of it was trained in this run. */
  readonly recorded?: RecordedStart;
  /** All that computed a part of it, `backend` last; absent where that is the only one. */
  readonly backends?: readonly BackendName[];
}

/** A position in a run to continue from, bit for bit. */
export interface Checkpoint {
  /** The step of the run to continue with, and training steps of it already done. */
  readonly stage: number;
  readonly step: number;
  /** Training steps done before this stage. */
  readonly stepsBefore: number;
  readonly model: ModelState;
  readonly optimizer: Arrays;
  /** The best step so far of the stage that it is in, if that looks for it. */
  readonly best?: EarlyStop;
  readonly summaries: readonly StageSummary[];
  readonly recentLosses: readonly number[];
  readonly seconds: number;
  /** Passed on to everything that continues from here. */
  readonly recorded?: RecordedStart;
  /** All that computed a part of what led here. */
  readonly backends?: readonly BackendName[];
}

/** What one training step costs, measured. */
export interface StepProfile {
  readonly globalStep: number;
  /** Kernel launches in one step. */
  readonly dispatches: number;
  /** Kernels by time, longest first; `ms` is null where the device has no timestamps. */
  readonly kernels: readonly { readonly name: string; readonly launches: number; readonly ms: number | null }[];
  /** JavaScript spent to issue one step, mean since the stage began. */
  readonly jsMsPerStep: number;
  /** From issue to result, mean since the stage began. */
  readonly totalMsPerStep: number;
  /** Intermediate buffers and constants of the captured step. */
  readonly stepBytes: number;
  /** Everything that tfjs holds on the GPU: weights, optimizer, images. */
  readonly gpuBytes: number;
  readonly tensors: number;
}

export type RunEvent =
  | { readonly type: 'started'; readonly backend: BackendInfo; readonly layers: readonly LayerSummary[]; readonly totalSteps: number }
  | { readonly type: 'stageStarted'; readonly stage: number; readonly kind: string; readonly steps: number; readonly stepsBefore: number }
  | {
      readonly type: 'progress';
      readonly stage: number;
      readonly step: number;
      readonly steps: number;
      /** Passes over the training images in this stage, fractional. */
      readonly epoch: number;
      readonly msPerStep: number;
      /** A long wait in words ("compiling kernels", "reading images"); '' while training. */
      readonly waiting: string;
    }
  | {
      readonly type: 'metrics';
      readonly stage: number;
      /** Global index (over all stages) of the first step in the arrays. */
      readonly firstStep: number;
      readonly loss: Float32Array;
      /** Share of the batch that was right, per step. */
      readonly accuracy: Float32Array;
    }
  | { readonly type: 'evaluation'; readonly stage: number; readonly globalStep: number; readonly evaluation: Evaluation }
  | { readonly type: 'test'; readonly stage: number; readonly globalStep: number; readonly report: TestReport }
  | {
      readonly type: 'inspection';
      readonly stage: number;
      readonly globalStep: number;
      readonly layers: readonly LayerInspection[];
      readonly tiles: WeightTiles | null;
      readonly ledger: Ledger;
    }
  | { readonly type: 'profile'; readonly stage: number; readonly profile: StepProfile }
  | { readonly type: 'snapshot'; readonly checkpoint: Checkpoint }
  | { readonly type: 'stageDone'; readonly summary: StageSummary }
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'done'; readonly record: RunRecord }
  | { readonly type: 'failed'; readonly message: string; readonly advice: string };
