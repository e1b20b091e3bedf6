/**
 * Written here because modern-tar copies every file, up to a gibibyte in all, and does not say where an archive is damaged; nanotar,
 * tarparser and untar.js verify no checksum.
 */

import { BLOCK, hasChecksum, longName, namesTheNext, paddedSize, readHeader } from './tar-header';
import { DatasetError } from './types';

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** True if the first header's checksum is right, which every tar format since the first has. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && (bytes[0] as number) !== 0 && hasChecksum(bytes.subarray(0, BLOCK));
}

/**
 * The regular files of a tar archive (ustar; long names of pax and GNU are read, folders and links are skipped).
 * @param name the archive, for the error's sentence
 * @returns views on `bytes`, named by the last part of their path
 * @throws DatasetError if the archive is damaged or cut short
 */
export function readTar(name: string, bytes: Uint8Array): NamedBytes[] {
  const files: NamedBytes[] = [];
  let long: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const block = bytes.subarray(at, at + BLOCK);
    if (block.every((byte) => byte === 0)) return files;
    const header = readHeader(block);
    if (!header) throw damagedTar(name, at);
    const start = at + BLOCK;
    if (start + header.size > bytes.length) throw cutTar(name);
    const data = bytes.subarray(start, start + header.size);
    if (namesTheNext(header.type)) long = longName(header.type, data) ?? long;
    else {
      if (header.type === '0') files.push({ name: (long ?? header.path).split('/').at(-1) ?? '', bytes: data });
      long = undefined;
    }
    at = start + paddedSize(header.size);
  }
  throw endlessTar(name);
}

/** @param at where the header is, in bytes from the archive's start */
export function damagedTar(name: string, at: number): DatasetError {
  return new DatasetError(`${name} is a damaged tar archive: the header at byte ${at} is wrong.`);
}

export function cutTar(name: string): DatasetError {
  return new DatasetError(`${name} is a tar archive that ends in the middle of a file: download it again.`);
}

export function endlessTar(name: string): DatasetError {
  return new DatasetError(`${name} is a tar archive without its end: download it again.`);
}
