/** What a layer keeps on disk: the integers or floats of the file, and how to read them back. */
import type { Granularity } from './scale-grid';

/** `range`: what an activation quantizer keeps, a scale for example; no part of the model in full precision. */
export type StoredRole = 'weight' | 'bias' | 'statistic' | 'range';

/** Formats of numbers that the file can hold by their bit patterns; `formats` in number-format.ts describes them. */
export type FormatId = 'fp16' | 'bf16' | 'e4m3fn' | 'e4m3' | 'e5m2' | 'e2m3' | 'e3m2' | 'e2m1';

/** Numbers that a block with a shared scale may hold; `elementOf` in element.ts describes them. */
export type ElementId = FormatId | 'int8';

export type Encoding =
  | { readonly kind: 'float32'; readonly values: Float32Array }
  | {
      /** value = scale × (code − zeroPoint), float32. Codes and zero-points are signed integers of `bits` bits, 1 … 24. */
      readonly kind: 'uniform';
      readonly bits: number;
      readonly codes: Int32Array;
      /** One for each block of the granularity's grid. */
      readonly scales: Float32Array;
      /** As many as scales; absent for symmetric quantizers. */
      readonly zeroPoints?: Int32Array;
      /** 'tensor' if absent. */
      readonly granularity?: Granularity;
    }
  | {
      /** value = levels[book, code]. Codes are 0 … levels in a book − 1. */
      readonly kind: 'codebook';
      readonly bits: number;
      readonly codes: Int32Array;
      /** At most 2^bits, any order; one book for the tensor, or one book of equal length after another for each block. */
      readonly levels: Float32Array;
      /** Number of books: 1, or the number of blocks. */
      readonly books: number;
      readonly granularity?: Granularity;
    }
  | {
      /** value = Σ_j ±basis[block, j], plus where bit j of the code is 1. Codes are 0 … 2^bits − 1. */
      readonly kind: 'basis';
      readonly bits: number;
      readonly codes: Int32Array;
      /** blocks × bits. */
      readonly basis: Float32Array;
      readonly granularity?: Granularity;
    }
  | {
      /** Bit patterns of a small format, 0 … 2^bits − 1; times the scale of the block, which is written in one of two ways. */
      readonly kind: 'format';
      readonly format: ElementId;
      readonly bits: number;
      readonly codes: Int32Array;
      /** One for each block, −127 … 127, 8 bits in the file (E8M0); MX formats only. */
      readonly exponents?: Int32Array;
      /** One for each block, bit patterns of fp8 e4m3fn from 0 to 126 (448): NVFP4 only. */
      readonly fp8Scales?: Int32Array;
      readonly granularity?: Granularity;
    };

export interface StoredTensor {
  readonly name: string;
  readonly role: StoredRole;
  readonly shape: readonly number[];
  readonly encoding: Encoding;
}
