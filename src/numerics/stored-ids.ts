/** Names that encodings, formats and the file share. */

/** `range`: what an activation quantizer keeps, a scale for example; no part of the model in full precision. */
export type StoredRole = 'weight' | 'bias' | 'statistic' | 'range';

/** Formats of numbers that the file can hold by their bit patterns; `formats` in number-format.ts describes them. */
export type FormatId = 'fp16' | 'bf16' | 'e4m3fn' | 'e4m3' | 'e5m2' | 'e2m3' | 'e3m2' | 'e2m1';

/** Numbers that a block with a shared scale may hold; `elementOf` in element.ts describes them. */
export type ElementId = FormatId | 'int8';
