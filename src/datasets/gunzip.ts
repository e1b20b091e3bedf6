import { DatasetError } from './types';

/** True if the bytes begin like a gzip stream (RFC 1952: 1f 8b, method 8). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 18 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/**
 * Unzips a gzip stream, stopping as soon as more than `limit` bytes came out, so that a small file cannot fill the memory.
 * @throws DatasetError naming `name` if the stream is damaged, cut short or too long.
 */
export async function gunzip(name: string, bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  const reader = blob.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new DatasetError(`${name} is a damaged or incomplete gzip file: download it again.`);
    });
    if (done) break;
    total += value.length;
    if (total > limit) {
      // The rest of the stream is not wanted; how it ends does not matter.
      reader.cancel().catch(() => {});
      throw new DatasetError(`${name} unzips to more than ${limit.toLocaleString('en-US')} bytes and was not read further.`);
    }
    chunks.push(value);
  }
  return concatenate(chunks, total);
}

function concatenate(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const out = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
