/** The ledger: every bit of the model file, named. */

export type LedgerKind = 'codes' | 'scales' | 'zeroPoints' | 'codebook' | 'floats' | 'biases' | 'statistics' | 'header';

export interface LedgerPart {
  /** What the bits are, for a person: "fc1 codes, 4 bits". */
  readonly name: string;
  readonly kind: LedgerKind;
  /** Tensor name, '' for the header. */
  readonly tensor: string;
  readonly bits: number;
}

export interface Ledger {
  /** Number of weights in kernels (biases and statistics not counted). */
  readonly weights: number;
  /** 32 bits for every stored number of the model, nothing else. */
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
