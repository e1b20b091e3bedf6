import type { Dataset } from '../../datasets/types';
import type { Checkpoint, EarlyStop, RemovedUnits, RunEvent } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { Evaluator } from '../evaluation/evaluator';
import type { Feeder } from '../images/feeder';
import type { Network } from '../network/network';
import type { Memory } from '../state/memory';

/** How the one who pulls wants to be served; may be changed between pulls. */
export interface RunControl {
  /** At most this many steps until the next event. */
  maxSteps: number;
  /** About this long until the next event, in milliseconds. */
  turnMs: number;
  /** At least this long between two inspections of the weights while training, in milliseconds. */
  inspectEveryMs: number;
  /** Inspections before the first step of a training stage and after every so many, instead of by time: the same on every machine. */
  inspectEverySteps?: number;
  /** At least this long between two profiles of a step, in milliseconds; none if absent. */
  profileEveryMs?: number;
  /** At least this long between two checkpoints while training, in milliseconds. */
  checkpointEveryMs: number;
}

export const defaultControl = (): RunControl => ({
  maxSteps: 1000,
  turnMs: 100,
  inspectEveryMs: 500,
  checkpointEveryMs: 10_000,
});

/** For runs that nobody watches or interrupts for long: no inspections of the weights, and checkpoints only after stages. */
export const unseenControl = (): RunControl => ({
  ...defaultControl(),
  inspectEveryMs: Number.POSITIVE_INFINITY,
  checkpointEveryMs: Number.POSITIVE_INFINITY,
});

/** What a stage works on, and changes: the network with its parametrizations, and the memory, are the model's state. */
export interface StageContext {
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly network: Network;
  readonly memory: Memory;
  readonly feeder: Feeder;
  readonly evaluator: Evaluator;
  readonly control: RunControl;
  /** Number of the step of the program. */
  readonly index: number;
  /** Training stages that ran before. */
  readonly ordinal: number;
  /** Training steps done before this stage. */
  readonly stepsBefore: number;
  /** Steps of this stage done before: more than 0 when resuming inside it. */
  readonly from: number;
  /** Optimizer arrays to resume with. */
  readonly slots: Readonly<Record<string, Float32Array>>;
  /** The best step so far, when resuming inside a stage that looks for it. */
  readonly best?: EarlyStop | undefined;
  /** The last training losses of the run, at most 100; stages append. */
  readonly recentLosses: number[];
  /** Training steps of this stage after which the weights are marked for a later rewind, ascending. */
  readonly marks: readonly number[];
  /** Remembers the weights of this moment. @param step training steps of this stage that are done */
  readonly mark: (step: number) => Promise<void>;
  /** Reads the weights back and reports what they look like; a `failed` event if they are not finite. */
  readonly inspect: (step: number) => Promise<RunEvent>;
  readonly checkpoint: (step: number, optimizer: Readonly<Record<string, Float32Array>>, best?: EarlyStop) => Promise<Checkpoint>;
}

export interface StageResult {
  /** Training steps that it did. */
  readonly steps: number;
  /** False if it gave up and has said so in a `failed` event. */
  readonly completed: boolean;
  /** Share of weights that the last step left as they were, by parameter; absent unless a parametrization asks for it. */
  readonly zeroUpdates?: Readonly<Record<string, number>>;
  /** The best validation before the last step; null if there was none. Absent unless the stage looks for it. */
  readonly best?: EarlyStop | null;
  /** Absent unless it removed units. */
  readonly removed?: RemovedUnits;
}

/** What kernels have to be compiled for, before all values are there. */
export type SketchContext = Pick<StageContext, 'network' | 'index' | 'memory'>;
