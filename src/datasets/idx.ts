import { DatasetError, MAX_SIDE, MIN_SIDE } from './types';

/** An IDX file of unsigned bytes: labels have one dimension, images three (count, rows, columns). */
export interface IdxFile {
  readonly kind: 'labels' | 'images';
  readonly name: string;
  readonly count: number;
  /** 0 for labels. */
  readonly height: number;
  readonly width: number;
  readonly data: Uint8Array;
}

/**
 * True if the bytes begin like an IDX file of any element type: two zero bytes, a type code, a number of dimensions.
 * Not a proof that it is whole.
 */
export function looksLikeIdx(bytes: Uint8Array): boolean {
  const type = bytes[2] ?? 0;
  return bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && type >= 0x08 && type <= 0x0e;
}

/**
 * Reads the IDX format (LeCun, Cortes and Burges, the MNIST page): magic 0, 0, element type, number of dimensions; each
 * dimension as a big-endian 32-bit number; then the elements, last dimension fastest.
 * @returns a view on `bytes`, no copy
 * @throws DatasetError naming the file if anything does not fit
 */
export function parseIdx(name: string, bytes: Uint8Array): IdxFile {
  if (!looksLikeIdx(bytes)) throw new DatasetError(`${name} is not an IDX file: it begins with the bytes ${hex(bytes.subarray(0, 4))}.`);
  if (bytes[2] !== 0x08) {
    throw new DatasetError(`${name} holds numbers of IDX type 0x${hex(bytes.subarray(2, 3))}; only unsigned bytes (0x08) are read.`);
  }
  const dimensions = bytes[3] as number;
  if (dimensions !== 1 && dimensions !== 3) {
    throw new DatasetError(`${name} has ${dimensions} dimensions; labels need 1, images 3 (count, rows, columns).`);
  }
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) throw new DatasetError(`${name} ends inside its header, after ${bytes.length} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = header + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) {
    throw new DatasetError(
      `${name} is ${number(bytes.length)} bytes long, but its header (${sizes.join(' × ')}) says ${number(expected)}.`,
    );
  }
  const [count = 0, height = 0, width = 0] = sizes;
  if (count === 0) throw new DatasetError(`${name} holds no ${dimensions === 1 ? 'labels' : 'images'}.`);
  if (dimensions === 3) checkSides(name, height, width);
  return { kind: dimensions === 1 ? 'labels' : 'images', name, count, height, width, data: bytes.subarray(header) };
}

function checkSides(name: string, height: number, width: number): void {
  if (Math.min(height, width) < MIN_SIDE || Math.max(height, width) > MAX_SIDE) {
    throw new DatasetError(`${name} holds images of ${height} × ${width} pixels; each side must be ${MIN_SIDE} to ${MAX_SIDE}.`);
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ') || '(none)';
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
