/** What a layer keeps on disk: the integers or floats of the file, and how to read them back. */

export type StoredRole = 'weight' | 'bias' | 'statistic';

export type Encoding =
  | { readonly kind: 'float32'; readonly values: Float32Array }
  | {
      /** value = scale × (code − zeroPoint). Codes are signed integers of `bits` bits. One scale here: per tensor. */
      readonly kind: 'uniform';
      readonly bits: number;
      readonly codes: Int32Array;
      readonly scales: Float32Array;
      /** Absent for symmetric quantizers. */
      readonly zeroPoints?: Int32Array;
    };

export interface StoredTensor {
  readonly name: string;
  readonly role: StoredRole;
  readonly shape: readonly number[];
  readonly encoding: Encoding;
}
