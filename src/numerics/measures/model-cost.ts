/** What a model costs: the measures over which accuracies are compared. */

export interface ModelCost {
  /** Bits of the whole file: codes, scales, codebooks, biases, header. */
  readonly totalBits: number;
  /** Bits of the same parameters as dense float32. */
  readonly denseBits: number;
  /** Number of weights. */
  readonly weights: number;
  readonly nonZeros?: number;
  /** Multiplications and additions for one input. */
  readonly macs?: number;
  /** Milliseconds of inference. */
  readonly ms?: number;
}

/** Of `rate` more is better, of all others less. */
export const costKinds = ['bits', 'bits-per-weight', 'rate', 'bytes', 'macs', 'non-zeros', 'ms'] as const;
export type CostKind = (typeof costKinds)[number];

export function isCostKind(text: string): text is CostKind {
  return (costKinds as readonly string[]).includes(text);
}

/** The measure `kind` of a model: bits, bits per weight, dense bits over bits, bytes, …; NaN if it is not known or not positive. */
export function costOf(model: ModelCost, kind: CostKind): number {
  const value = measureOf(model, kind);
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : Number.NaN;
}

function measureOf({ totalBits, denseBits, weights, nonZeros, macs, ms }: ModelCost, kind: CostKind): number | undefined {
  switch (kind) {
    case 'bits':
      return totalBits;
    case 'bits-per-weight':
      return totalBits / weights;
    case 'rate':
      return denseBits / totalBits;
    case 'bytes':
      return Math.ceil(totalBits / 8);
    case 'macs':
      return macs;
    case 'non-zeros':
      return nonZeros;
    case 'ms':
      return ms;
  }
}

/**
 * A cost as an exponent of two of which less is better, whatever the measure: 8 bits per weight is 3, a rate of 8 is −3. A
 * difference of 1 is a factor of two.
 */
export function costInDoublings(kind: CostKind, value: number): number {
  return kind === 'rate' ? -Math.log2(value) : Math.log2(value);
}

/** The inverse of `costInDoublings`. */
export function costFromDoublings(kind: CostKind, doublings: number): number {
  return 2 ** (kind === 'rate' ? -doublings : doublings);
}
