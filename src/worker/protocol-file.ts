/** Messages between the page and the worker that reads model files. Types only. */
import type { ImageShape } from '../experiment/operators/layers';
import type { Normalization } from '../experiment/types/experiment';
import type { StorageRow } from '../numerics/container/compare-storages';
import type { Ledger } from '../numerics/measures/ledger';

export type FileCommand =
  /** What is in this file, and what it would take in other storages? */
  | { readonly type: 'open'; readonly request: number; readonly bytes: Uint8Array }
  /** How many test images of its dataset does it classify correctly? `dataUrl` is the absolute address of the data folder. */
  | {
      readonly type: 'test';
      readonly request: number;
      readonly bytes: Uint8Array;
      readonly dataUrl: string;
      readonly normalize: Normalization;
    };

/** Each answer, or why there is none, as a sentence. */
export type FileMessage =
  | { readonly type: 'opened'; readonly request: number; readonly report: FileReport | Failed }
  | { readonly type: 'tested'; readonly request: number; readonly result: FileTest | Failed };

export interface Failed {
  readonly failed: string;
}

export interface FileReport {
  /** The model's name, as in a link. */
  readonly model: string;
  readonly input: ImageShape;
  readonly classes: number;
  readonly ledger: Ledger;
  /** Weights that the file holds: fewer than `ledger.weights`, those of the original model, where units were removed. */
  readonly weights: number;
  /** Those of them that are not 0. */
  readonly nonZero: number;
  readonly storages: readonly StorageOf[];
  readonly layers: readonly StoredWeights[];
}

/** A storage of the model without its bytes. */
export type StorageOf = Omit<StorageRow, 'bytes'>;

/** An array of weights as the file holds it. */
export interface StoredWeights {
  readonly name: string;
  readonly shape: readonly number[];
  /** Which are kept: 1 kept, 0 pruned. */
  readonly kept: Uint8Array;
  readonly values: Float32Array;
  /** Null for floats. */
  readonly codes: Int32Array | null;
  /** Of a code; 32 for floats. */
  readonly bits: number;
  /** Of a distance, where the file has a relative index. */
  readonly indexBits: number | null;
}

export interface FileTest {
  /** "MNIST". */
  readonly dataset: string;
  readonly normalize: Normalization;
  readonly count: number;
  readonly right: number;
  /** The run rounded what flows into the layers, which the file does not hold. */
  readonly inputsRounded: boolean;
}
