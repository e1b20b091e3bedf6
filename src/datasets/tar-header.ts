/** The size of a tar archive's blocks, in bytes. */
export const BLOCK = 512;

/** The longest record that may hold a name, in bytes. */
export const MOST_RECORD = 2 ** 16;

export interface TarHeader {
  readonly path: string;
  /** Bytes of the file that follows. */
  readonly size: number;
  /** One letter: '0' a regular file, '5' a folder, 'x' an extended header, 'L' a long name. */
  readonly type: string;
}

/**
 * Reads the header of one file (POSIX.1-1988 ustar, with GNU's sizes in base 256).
 * @param block 512 bytes
 * @returns undefined if the checksum is wrong, or the size is none
 */
export function readHeader(block: Uint8Array): TarHeader | undefined {
  const size = sizeOf(block);
  if (!hasChecksum(block) || size === undefined) return undefined;
  // GNU's own magic ends with a blank, and its headers have other things where the prefix is.
  const prefix = text(block, 257, 6) === 'ustar' ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  const type = block[156] as number;
  return { path: prefix ? `${prefix}/${name}` : name, size, type: type === 0 ? '0' : String.fromCharCode(type) };
}

/** Sum of the header's bytes with the checksum field taken as spaces. */
export function hasChecksum(block: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : (block[i] as number);
  return octal(block, 148, 8) === sum;
}

/** Bytes that a file of this size takes in the archive: whole blocks. */
export function paddedSize(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** Whether a file of this type comes before the file that it names. */
export function namesTheNext(type: string): boolean {
  return type === 'x' || type === 'L';
}

/**
 * The name in a record that comes before its file: `path` of an extended header (POSIX.1-2001, pax), or all of GNU's long name.
 * @returns undefined if the record names nothing
 */
export function longName(type: string, record: Uint8Array): string | undefined {
  if (type === 'L') return text(record, 0, record.length);
  let path: string | undefined;
  // Each entry is "<its length in bytes> <key>=<value>\n".
  for (let at = 0; at < record.length; ) {
    const blank = record.indexOf(0x20, at);
    const length = Number(text(record, at, Math.max(0, blank - at)));
    if (blank < 0 || !Number.isInteger(length) || length < 4 || at + length > record.length) return path;
    const entry = text(record, blank + 1, at + length - blank - 2);
    if (entry.startsWith('path=')) path = entry.slice(5);
    at += length;
  }
  return path;
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function octal(block: Uint8Array, at: number, length: number): number | undefined {
  const digits = text(block, at, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

function sizeOf(block: Uint8Array): number | undefined {
  if (block[124] !== 0x80) return octal(block, 124, 12);
  const size = block.subarray(125, 136).reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(size) ? size : undefined;
}
