/** The ledger: every bit of the model file, named. */

/** Every kind of part. `masks`: which weights are kept, a bit for each. `indices`: the same as positions. `codeTables`: of Huffman codes. */
export const LEDGER_KINDS = [
  'codes',
  'masks',
  'indices',
  'scales',
  'zeroPoints',
  'codebook',
  'codeTables',
  'floats',
  'biases',
  'statistics',
  'header',
] as const;

export type LedgerKind = (typeof LEDGER_KINDS)[number];

export interface LedgerPart {
  /** What the bits are, for a person: "fc1 codes, 4 bits". */
  readonly name: string;
  readonly kind: LedgerKind;
  /** Tensor name, '' for the header. */
  readonly tensor: string;
  readonly bits: number;
}

export interface Ledger {
  /** Number of weights (biases and statistics not counted), pruned ones included. */
  readonly weights: number;
  /** 32 bits for every number of the model, nothing else: of the original model, where neurons were removed. */
  readonly denseBits: number;
  /** Length of the model file in bits; the sum of the parts. */
  readonly totalBits: number;
  readonly parts: readonly LedgerPart[];
}

/** Every bit of the model file, scales, biases and header included, over the number of weights. */
export function bitsPerWeight(ledger: Ledger): number {
  return ledger.totalBits / ledger.weights;
}

/** Dense float32 bits over ledger bits: the one meaning of "times smaller" in the app. */
export function compressionRate(ledger: Ledger): number {
  return ledger.denseBits / ledger.totalBits;
}
