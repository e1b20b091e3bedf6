import { sha256Hex } from '../numerics/coding/checksums';

/**
 * SHA-256 (hex) of the bytes. Uses the platform's own implementation, off the thread, where there is one:
 * browsers have it on https and localhost only.
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return sha256Hex(bytes);
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
