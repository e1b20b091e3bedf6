import { crc32 } from '../numerics/coding/checksums';
import { InflateError, inflate } from './inflate';
import { DatasetError } from './types';

/** True if the bytes begin like a gzip stream (RFC 1952: 1f 8b, method 8). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 18 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/**
 * Unzips a gzip file of one or more members, stopping as soon as more than `limit` bytes came out, so that a small file cannot fill
 * the memory. Zeros after the last member are padding.
 * @throws DatasetError naming `name` if the file is damaged, cut short or too long, or something else follows.
 */
export async function gunzip(name: string, bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const whole = await decompressed(bytes, limit);
  if (whole) return whole;
  // A browser's decompression refuses further members and padding as it refuses damage, and does not tell them apart.
  try {
    return allMembers(name, bytes, limit);
  } catch (error) {
    if (error instanceof InflateError) throw new DatasetError(`${name} ${REASONS[error.reason](limit)}`);
    throw error;
  }
}

const REASONS: Readonly<Record<InflateError['reason'], (limit: number) => string>> = {
  long: (limit) => `unzips to more than ${limit.toLocaleString('en-US')} bytes and was not read further.`,
  cut: () => 'is an incomplete gzip file, which ends in the middle: download it again.',
  damaged: () => 'is a damaged gzip file: download it again.',
};

/** What the platform makes of the file; undefined if it refuses it, or more than `limit` bytes come out. */
async function decompressed(bytes: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  let total = 0;
  const meter = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      total += chunk.length;
      if (total > limit) controller.error();
      else controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
    },
  });
  const unzipped = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(meter);
  return new Response(unzipped).arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => undefined,
  );
}

function allMembers(name: string, bytes: Uint8Array, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let [at, total] = [0, 0];
  do {
    const { data, end } = inflate(bytes, dataStart(bytes, at), limit - total);
    if (end + 8 > bytes.length) throw new InflateError('cut');
    const trailer = new DataView(bytes.buffer, bytes.byteOffset + end, 8);
    if (trailer.getUint32(0, true) !== crc32(data) || trailer.getUint32(4, true) !== data.length) throw new InflateError('damaged');
    parts.push(data);
    total += data.length;
    at = end + 8;
  } while (bytes[at] === 0x1f);
  const rest = bytes.subarray(at);
  if (rest.some((byte) => byte !== 0)) {
    const count = rest.length.toLocaleString('en-US');
    throw new DatasetError(`${name} is a gzip file with ${count} bytes after its end that are not gzip: download it again.`);
  }
  return joined(parts, total);
}

function joined(parts: readonly Uint8Array[], total: number): Uint8Array {
  const all = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Where the data of the member that begins at `at` begin: after its header, with what the header's flags announce. */
function dataStart(bytes: Uint8Array, at: number): number {
  const flags = bytes[at + 3] ?? 0;
  if (bytes.length < at + 10) throw new InflateError('cut');
  if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8 || flags > 0x1f) throw new InflateError('damaged');
  let start = at + 10;
  if (flags & 4) start += 2 + (bytes[start] ?? 0) + 256 * (bytes[start + 1] ?? 0);
  // A file name, a comment: texts that end with 0.
  for (const flag of [8, 16]) if (flags & flag) start = afterZero(bytes, start);
  return flags & 2 ? start + 2 : start;
}

function afterZero(bytes: Uint8Array, from: number): number {
  const zero = bytes.indexOf(0, from);
  if (zero < 0) throw new InflateError('cut');
  return zero + 1;
}
