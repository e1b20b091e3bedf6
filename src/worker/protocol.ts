/** Messages between the page and the engine's worker. Types only. */

import type { InspectionHistory } from '../experiment/results/inspection-history';
import type { KeptRun } from '../experiment/results/kept-run';
import type { BackendInfo, BackendName, BackendOffer, LayerSummary, RecordedStart, RunEvent } from '../experiment/types/events';
import type { DataBlock, Experiment } from '../experiment/types/experiment';
import type { PixelInput, Side } from './protocol-answers';

export type Command =
  /**
   * First message. `dataUrl` is the absolute address of the data folder; `backend` forces one (tests, `?backend=`). Under the name
   * `owner` this engine saves how far its run has come; without one it saves nothing.
   */
  | { readonly type: 'init'; readonly dataUrl: string; readonly backend?: BackendName; readonly owner?: string }
  /** Is there a run that was interrupted, in this browser? */
  | { readonly type: 'findInterrupted' }
  | { readonly type: 'discardInterrupted'; readonly owner: string }
  /** Another backend from now on, or the best one. The run continues on it from its last checkpoint. */
  | { readonly type: 'switchBackend'; readonly backend?: BackendName }
  /** Which backends can be chosen here? */
  | { readonly type: 'offerBackends' }
  /**
   * The experiment to run from now on. A running one stops at its next step. Stages that were run before in this session, after the
   * same data, model, seed and leading stages, are not trained again as long as their checkpoints are held.
   * `beside` runs alternately with it, from the last checkpoint that both share. `atOnce`: stages that do not train run without `play`
   * if nothing else is left, and those before them are done.
   */
  | { readonly type: 'load'; readonly experiment: Experiment; readonly beside?: Experiment; readonly atOnce?: boolean }
  /** The same for a run that was interrupted, from where this owner saved it. It runs at once. */
  | { readonly type: 'resume'; readonly experiment: Experiment; readonly owner: string }
  /** The first stage of a recorded run: another program that begins with it starts there, and runs on at once as `load` says. */
  | { readonly type: 'lend'; readonly start: LentStart }
  /** What runs beside it from now on: the run itself is not disturbed. */
  | { readonly type: 'accompany'; readonly beside?: Experiment }
  | { readonly type: 'play' }
  | { readonly type: 'pause' }
  /** Run this many training steps (or one stage that has none), then pause. */
  | { readonly type: 'step'; readonly steps: number }
  /** Back to the start, same initial weights; forgets the checkpoints of this run. */
  | { readonly type: 'reset' }
  /** A person's own files (IDX, gzipped or not; CIFAR binary; tar.gz of it; one archive of JPEG folders). */
  | { readonly type: 'files'; readonly files: readonly File[] }
  /** Stop reading the files that were opened last. */
  | { readonly type: 'cancelFiles' }
  /** Time a step's kernels now and then while training, or stop doing so. */
  | { readonly type: 'profile'; readonly on: boolean }
  /** Try again to read the data that failed. */
  | { readonly type: 'retryData' }
  /** The current model file. */
  | { readonly type: 'exportModel'; readonly request: number }
  /** The two model files of the run that are compared. Those whose `id` is in `have` come without their bytes. */
  | { readonly type: 'models'; readonly request: number; readonly have: readonly string[] }
  /**
   * Runs these variations of the loaded experiment one after the other, each from the longest prefix that is done, whenever the run
   * rests. One measurement at a time: a new one ends the one before.
   */
  | { readonly type: 'measure'; readonly request: number; readonly experiments: readonly Experiment[] }
  | { readonly type: 'cancelMeasure' }
  /** Labels of the test set of this data, and the pixels of these images of it. */
  | { readonly type: 'testImages'; readonly request: number; readonly data: DataBlock; readonly indices: readonly number[] }
  /**
   * Runs these points of a sweep whenever the run and measurements rest. What follows each other in them is not trained twice: give
   * them in `branchOrder`. One sweep at a time: a new one ends the one before.
   */
  | {
      readonly type: 'sweep';
      readonly id: string;
      /** Comes back with its end: a sweep may be restarted before the end of an earlier start is reported. */
      readonly start: number;
      readonly points: readonly { readonly index: number; readonly experiment: Experiment }[];
    }
  /** The sweep stops where it is, in the middle of a run. */
  | { readonly type: 'pauseSweep' }
  | { readonly type: 'resumeSweep' }
  | { readonly type: 'cancelSweep' };

export type RunStatus = 'idle' | 'loading' | 'running' | 'paused' | 'done' | 'failed';

export type Message =
  | { readonly type: 'backend'; readonly backend: BackendInfo }
  /** A sign of life, every second; none while something is computed that cannot be interrupted. */
  | { readonly type: 'alive' }
  | { readonly type: 'interrupted'; readonly run: InterruptedRun | null }
  | { readonly type: 'backendOffers'; readonly offers: readonly BackendOffer[] }
  | { readonly type: 'status'; readonly status: RunStatus; readonly message: string }
  /** `kept` leading stages of the loaded experiment are already done and reported; charts drop what came after `kept` stages. */
  | { readonly type: 'loaded'; readonly keptStages: number; readonly keptSteps: number; readonly experiment?: Experiment }
  /**
   * Follows `loaded`, once for each further stage that was run before: what was reported then, without inspections between its first step
   * and its last, of which `history` remembers the little that is drawn. The last one says `done` if the whole run is.
   */
  | {
      readonly type: 'replay';
      readonly layers: readonly LayerSummary[];
      /** Training steps of the loaded experiment. */
      readonly totalSteps: number;
      readonly events: readonly RunEvent[];
      readonly history: InspectionHistory;
      /** The stage was not run here, but taken from a recording. */
      readonly recorded?: RecordedStart;
    }
  /** After which stages there are checkpoints now, and are no more: a `prefixKey` each. */
  | { readonly type: 'checkpoints'; readonly added: readonly string[]; readonly removed: readonly string[] }
  /** `photos`: own pictures that are decoded, and files that were skipped. */
  | {
      readonly type: 'dataProgress';
      readonly name: string;
      readonly loadedBytes: number;
      readonly totalBytes: number;
      readonly photos?: { readonly decoded: number; readonly skipped: number };
    }
  | { readonly type: 'dataReady'; readonly dataset: DatasetInfo }
  | { readonly type: 'dataFailed'; readonly message: string; readonly wantsFiles: boolean }
  /** Own files were read: the experiment should name this checksum. */
  | { readonly type: 'filesRead'; readonly dataset: DatasetInfo }
  | { readonly type: 'filesRejected'; readonly message: string }
  /** Own files are no longer read, as the person wished. */
  | { readonly type: 'filesCancelled' }
  | { readonly type: 'events'; readonly events: readonly RunEvent[] }
  | { readonly type: 'model'; readonly request: number; readonly bytes: Uint8Array }
  | ({ readonly type: 'models'; readonly request: number } & RunModels)
  /** Or why there are none, as a sentence. */
  | { readonly type: 'testImages'; readonly request: number; readonly images: TestImages | { readonly failed: string } }
  /** The run beside starts here; charts drop what they have of it from there on. */
  | { readonly type: 'besideFrom'; readonly stages: number; readonly steps: number }
  | { readonly type: 'besideEvents'; readonly events: readonly RunEvent[] }
  /** Variation `index` is being run; `waiting` says for what it waits, '' if it does not. */
  | {
      readonly type: 'measuring';
      readonly request: number;
      readonly index: number;
      readonly step: number;
      readonly steps: number;
      readonly waiting: string;
    }
  | { readonly type: 'measured'; readonly request: number; readonly index: number; readonly result: Measured }
  /** All are measured, or the rest will not be. */
  | { readonly type: 'measureEnded'; readonly request: number; readonly cancelled: boolean }
  /** A point of a sweep is being run, perhaps one of several; `waiting` as above, 'you' while the sweep is paused. */
  | {
      readonly type: 'sweepProgress';
      readonly id: string;
      readonly index: number;
      readonly step: number;
      readonly steps: number;
      readonly waiting: string;
    }
  | { readonly type: 'sweepPoint'; readonly id: string; readonly index: number; readonly result: SweepResult }
  /** All points are run, or the rest will not be: `problem` says why nothing can be run now, '' if that is not so. */
  | { readonly type: 'sweepEnded'; readonly id: string; readonly start: number; readonly cancelled: boolean; readonly problem: string }
  | { readonly type: 'fatal'; readonly message: string };

/** A run that its page left in the middle. */
export interface InterruptedRun {
  /** The engine that saved it. */
  readonly owner: string;
  /** The experiment as a link. */
  readonly fragment: string;
  readonly backend: BackendName;
  /** The step of the run that is next, from 0, and the training steps before, over all stages. */
  readonly stage: number;
  readonly steps: number;
  /** That it ran. */
  readonly seconds: number;
  /** ISO 8601, UTC. */
  readonly savedAt: string;
}

/** What came of a point, and the seconds that it took. */
export type SweepResult =
  | { readonly run: KeptRun; readonly seconds: number }
  /** Why there is nothing: one or two sentences. */
  | { readonly failed: string; readonly seconds: number };

/** What came of a variation. */
export type Measured =
  | { readonly testAccuracy: number; readonly testLoss: number; readonly totalBits: number; readonly seconds: number }
  /** Why there is nothing: one or two sentences. */
  | { readonly failed: string };

export interface DatasetInfo {
  readonly id: string;
  readonly name: string;
  readonly checksum: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly classes: readonly string[];
  readonly trainCount: number;
  readonly testCount: number;
  /** 24 training images, as bytes like ImageSet, with labels: the data panel's picture. */
  readonly sample: { readonly pixels: Uint8Array; readonly labels: Uint8Array };
  /** Sentences about own files: classes that are missing on one side, labels that are not used. */
  readonly notices?: readonly string[];
}

/** The files of the run that are compared; null where no stage has written one. */
export interface RunModels {
  readonly models: Readonly<Record<Side, RunModel | null>>;
  readonly input: PixelInput;
}

export interface RunModel {
  /** Equal for equal files. */
  readonly id: string;
  /** The step of the run that left it. */
  readonly step: number;
  /** The step is still running: this is the model as it was inspected last. */
  readonly live: boolean;
  /** The step was not run here: a recording has it. */
  readonly recorded: boolean;
  /** Absent if the page has it. */
  readonly bytes?: Uint8Array;
}

/** Some images of a test set. */
export interface TestImages {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly classes: readonly string[];
  /** Of every image of the test set. */
  readonly labels: Uint8Array;
  /** Bytes of the images that were asked for, image after image, channels last. */
  readonly pixels: Uint8Array;
}

/** What a recording leaves of its first stage, which trains: enough to continue after it. */
export interface LentStart {
  /** The recorded program. It is not continued itself: to run it is to train it. */
  readonly experiment: Experiment;
  readonly origin: RecordedStart;
  readonly layers: readonly LayerSummary[];
  /** Of the stage, losses included. */
  readonly events: readonly RunEvent[];
  /** The model file as the stage left it, in float32, and its SHA-256, hexadecimal. */
  readonly model: Uint8Array;
  readonly sha256: string;
}
