/**
 * Written here because modern-tar copies every file, up to a gibibyte in all, and does not say where an archive is damaged; nanotar,
 * tarparser and untar.js verify no checksum.
 */
import { DatasetError } from './types';

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

/** True if the first header's checksum is right, which every tar format since the first has. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && (bytes[0] as number) !== 0 && hasChecksum(bytes.subarray(0, BLOCK));
}

/**
 * The regular files of a tar archive (POSIX.1-1988 ustar; folders, links and extended headers are skipped).
 * @param name the archive, for the error's sentence
 * @returns views on `bytes`, named by the last part of their path
 * @throws DatasetError if the archive is damaged or cut short
 */
export function readTar(name: string, bytes: Uint8Array): NamedBytes[] {
  const files: NamedBytes[] = [];
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return files;
    if (!hasChecksum(header)) throw new DatasetError(`${name} is a damaged tar archive: the header at byte ${at} has a wrong checksum.`);
    const size = octal(header, 124, 12);
    const start = at + BLOCK;
    if (size === undefined || start + size > bytes.length) {
      throw new DatasetError(`${name} is a tar archive that ends in the middle of a file: download it again.`);
    }
    const type = header[156];
    if (type === 0 || type === 0x30) {
      files.push({ name: text(header, 0, 100).split('/').at(-1) ?? '', bytes: bytes.subarray(start, start + size) });
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new DatasetError(`${name} is a tar archive without its end: download it again.`);
}

/** Sum of the header's bytes with the checksum field taken as spaces. */
function hasChecksum(header: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : (header[i] as number);
  return octal(header, 148, 8) === sum;
}

function text(header: Uint8Array, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function octal(header: Uint8Array, at: number, length: number): number | undefined {
  const digits = text(header, at, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}
