/**
 * The growing record of a run, read by charts outside React. The arrays may be longer than `steps` (buffers that grow by doubling)
 * and may be replaced by longer ones: read them again after every notice.
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
  readonly evaluations: readonly { readonly stage?: number; readonly step: number; readonly accuracy: number; readonly loss: number }[];
  /** Global step at which each stage of the program started, by its index; NaN for one that is off or has not started. */
  readonly boundaries: readonly number[];
}

/** Columns for the live trace: rows in order of step; null where a column has nothing to say. */
export interface TraceColumns {
  readonly step: number[];
  /** Position on the time axis, which has room for stages without training too. */
  readonly at: number[];
  /** Loss of single steps, before the first step of the run that compresses, and from it on. */
  readonly rawFloat: (number | null)[];
  readonly rawCompressed: (number | null)[];
  readonly smoothFloat: (number | null)[];
  readonly smoothCompressed: (number | null)[];
  /** Validation accuracy, 0 … 1. */
  readonly accuracy: (number | null)[];
}

/** Where something is on the time axis. */
export type Place = (step: number, stage?: number) => number;

type Data = Pick<LiveSeries, 'steps' | 'loss' | 'evaluations' | 'boundaries'>;

/** Steps a bucket: the smallest power of two that needs at most `buckets`. Powers of two keep the drawn steps still while a run grows. */
export function bucketSize(steps: number, buckets: number): number {
  let size = 1;
  while (Math.ceil(steps / size) > buckets) size *= 2;
  return size;
}

/** Steps over which a loss is smoothed: some ten, or what two buckets hold. */
export function smoothingSteps(steps: number, buckets: number): number {
  return Math.max(10, 2 * bucketSize(steps, buckets));
}

/**
 * At most two rows a bucket, the steps with the smallest and the largest loss, and a row for each validation. The smoothed loss is an
 * exponential moving average, corrected for its start, which restarts with every stage.
 * @param compressedFrom first global step (0-based) that belongs to a compressing step of the run or a later one; Infinity if none.
 * @param place position of what was measured at a training step, at the end of a stage if one is given
 */
export function traceColumns(data: Data, compressedFrom: number, buckets: number, place: Place = (step) => step): TraceColumns {
  const out: TraceColumns = { step: [], at: [], rawFloat: [], rawCompressed: [], smoothFloat: [], smoothCompressed: [], accuracy: [] };
  const size = bucketSize(data.steps, buckets);
  const keep = 1 - 1 / smoothingSteps(data.steps, buckets);
  const starts = new Set(data.boundaries);
  let sum = 0;
  let weight = 0;
  let e = 0;
  const drawEvaluations = (before: number) => {
    for (; e < data.evaluations.length && data.evaluations[e]!.step < before; e++) {
      const { step, accuracy, stage } = data.evaluations[e]!;
      push(out, step, place(step, stage), null, null, false, accuracy);
    }
  };
  for (let from = 0; from < data.steps; from += size) {
    const end = Math.min(from + size, data.steps);
    let low = -1;
    let high = -1;
    let lowSmooth = 0;
    let highSmooth = 0;
    for (let i = from; i < end; i++) {
      const value = data.loss[i]!;
      if (starts.has(i)) sum = weight = 0;
      if (!Number.isFinite(value)) continue;
      sum = keep * sum + value;
      weight = keep * weight + 1;
      if (low < 0 || value < data.loss[low]!) [low, lowSmooth] = [i, sum / weight];
      if (high < 0 || value > data.loss[high]!) [high, highSmooth] = [i, sum / weight];
    }
    if (low < 0) continue;
    const rows: [number, number][] = [[low, lowSmooth]];
    if (high !== low) rows.splice(high > low ? 1 : 0, 0, [high, highSmooth]);
    for (const [i, smooth] of rows) {
      drawEvaluations(i + 1);
      push(out, i + 1, place(i + 1), data.loss[i]!, smooth, i >= compressedFrom, null);
    }
  }
  drawEvaluations(Number.POSITIVE_INFINITY);
  return out;
}

function push(
  out: TraceColumns,
  step: number,
  at: number,
  raw: number | null,
  smooth: number | null,
  compressed: boolean,
  accuracy: number | null,
): void {
  out.step.push(step);
  out.at.push(at);
  out.rawFloat.push(compressed ? null : raw);
  out.rawCompressed.push(compressed ? raw : null);
  out.smoothFloat.push(compressed ? null : smooth);
  out.smoothCompressed.push(compressed ? smooth : null);
  out.accuracy.push(accuracy);
}

/** The columns of two runs over one axis. */
export interface PairColumns extends TraceColumns {
  readonly otherFloat: (number | null)[];
  readonly otherCompressed: (number | null)[];
  readonly otherAccuracy: (number | null)[];
}

/** Puts the smooth loss and the accuracy of another run beside the first, rows in order of their positions. */
export function pairColumns(own: TraceColumns, other: TraceColumns): PairColumns {
  const out: PairColumns = {
    ...{ step: [], at: [], rawFloat: [], rawCompressed: [], smoothFloat: [], smoothCompressed: [], accuracy: [] },
    ...{ otherFloat: [], otherCompressed: [], otherAccuracy: [] },
  };
  let i = 0;
  let j = 0;
  while (i < own.step.length || j < other.step.length) {
    const mine = j >= other.step.length || (i < own.step.length && own.at[i]! <= other.at[j]!);
    out.step.push(mine ? own.step[i]! : other.step[j]!);
    out.at.push(mine ? own.at[i]! : other.at[j]!);
    for (const key of ['rawFloat', 'rawCompressed', 'smoothFloat', 'smoothCompressed', 'accuracy'] as const)
      out[key].push(mine ? own[key][i]! : null);
    out.otherFloat.push(mine ? null : other.smoothFloat[j]!);
    out.otherCompressed.push(mine ? null : other.smoothCompressed[j]!);
    out.otherAccuracy.push(mine ? null : other.accuracy[j]!);
    if (mine) i++;
    else j++;
  }
  return out;
}

/** Limits of the loss axis: the smoothed line fills it, single spikes may leave it. */
export function lossRange(
  columns: Pick<TraceColumns, 'smoothFloat' | 'smoothCompressed'> &
    Partial<Pick<PairColumns, 'otherFloat' | 'otherCompressed'> & { readonly ghostLoss: readonly (number | null)[] }>,
  log: boolean,
): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  const { smoothFloat, smoothCompressed, otherFloat = [], otherCompressed = [], ghostLoss = [] } = columns;
  for (const column of [smoothFloat, smoothCompressed, otherFloat, otherCompressed, ghostLoss]) {
    for (const value of column) {
      if (value === null || !(value > 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (high === 0) return log ? [0.01, 1] : [0, 1];
  return log ? [Math.min(low * 0.6, high / 10), high * 1.3] : [0, high * 1.06];
}

/** Limits of the accuracy axis: down to the ten per cent below the lowest validation, up to all. */
export function accuracyRange(evaluations: readonly { readonly accuracy: number }[]): [number, number] {
  const lowest = evaluations.reduce((low, e) => (Number.isFinite(e.accuracy) ? Math.min(low, e.accuracy) : low), 0.9);
  return [Math.max(0, Math.floor(lowest * 10 + 1e-9) / 10), 1];
}

/** The last validation made at or before a step. */
export function evaluationAt<E extends { readonly step: number }>(evaluations: readonly E[], step: number): E | undefined {
  return evaluations.findLast((e) => e.step <= step);
}
