import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * CRC-32 as in zip and PNG: reflected polynomial 0xEDB88320, initial value and final exclusive or of all ones. Written here because it is
 * part of the model file, which the lab explains; browsers and @noble/hashes have none.
 */

const table = new Uint32Array(256).map((_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** @returns the checksum, 0 … 2^32 − 1. It differs for any two inputs that differ in one burst of at most 32 bits. */
export function crc32(bytes: Uint8Array): number {
  let value = -1;
  for (let i = 0; i < bytes.length; i++) value = (table[(value ^ (bytes[i] as number)) & 0xff] as number) ^ (value >>> 8);
  return ~value >>> 0;
}

/** SHA-256 (FIPS 180-4) of the parts one after the other, as 64 lower-case hexadecimal digits. The cut between parts does not matter. */
export function sha256Hex(...parts: readonly Uint8Array[]): string {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return bytesToHex(hash.digest());
}
