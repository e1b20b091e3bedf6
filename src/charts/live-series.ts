/**
 * The growing record of a run, read by charts outside React. The arrays may be longer than `steps` (buffers that grow by doubling)
 * and may be replaced by longer ones: read them anew after every notice.
 */
export interface LiveSeries {
  /** Calls `listener` after every change, also when the run is reset or cut back. Returns the way to unsubscribe. */
  subscribe(listener: () => void): () => void;
  /** Training steps recorded so far, over all stages. Only the first `steps` entries of the arrays count. */
  readonly steps: number;
  /** Mean cross-entropy of the batch, nats: `loss[i]` belongs to training step i + 1. */
  readonly loss: Float32Array;
  /** Share of the batch that was right, 0 … 1. */
  readonly accuracy: Float32Array;
  /** Validations in the order in which they were made; two may have the same step (before and after a stage without training). */
  readonly evaluations: readonly { readonly step: number; readonly accuracy: number; readonly loss: number }[];
  /** Global step at which each stage of the program started, by its index; NaN for one that is off or has not started. */
  readonly boundaries: readonly number[];
}
