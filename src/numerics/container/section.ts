import type { LedgerKind } from '../measures/ledger';
import { float32Bytes } from './byte-reader';

/** `range`: what an activation quantizer keeps, a scale for example; no part of the model in full precision. */
export type StoredRole = 'weight' | 'bias' | 'statistic' | 'range';

/** A run of bytes of the model file that the ledger names. */
export interface Section {
  readonly bytes: Uint8Array;
  /** "fc1 kernel codes, 4 bits". */
  readonly name: string;
  readonly kind: LedgerKind;
}

/** Float32 numbers as they are: "fc1 kernel scales, 300 × float32". @param what one of them is called */
export function floatSection(label: string, numbers: Float32Array, what: string, kind: LedgerKind): Section {
  return { bytes: float32Bytes(numbers), name: `${label} ${named(numbers.length, what)}float32`, kind };
}

/** "scale, " for one, "scales, 300 × " for 300. */
export function named(n: number, what: string): string {
  return n === 1 ? `${what}, ` : `${what}s, ${n} × `;
}

export function bitsInWords(bits: number): string {
  return bits === 1 ? '1 bit' : `${bits} bits`;
}

/** "1 level", "3 levels". */
export function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Numbers in a tensor: the product of its dimensions. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
