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
  let total = 0;
  const meter = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      total += chunk.length;
      if (total > limit) controller.error();
      else controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
    },
  });
  const unzipped = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(meter);
  try {
    return new Uint8Array(await new Response(unzipped).arrayBuffer());
  } catch {
    throw new DatasetError(
      total > limit
        ? `${name} unzips to more than ${limit.toLocaleString('en-US')} bytes and was not read further.`
        : `${name} is a damaged or incomplete gzip file: download it again.`,
    );
  }
}
