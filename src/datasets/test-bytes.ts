/** Small data files made by hand, for the tests. */

/** An IDX file of unsigned bytes. */
export function idxBytes(sizes: readonly number[], data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x800 + sizes.length);
  for (const [axis, size] of sizes.entries()) view.setUint32(4 + 4 * axis, size);
  bytes.set(data, 4 + 4 * sizes.length);
  return bytes;
}

/** Labels 0, 1, … classes − 1, 0, 1, … */
export function cyclicLabels(count: number, classes: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => i % classes);
}

/** Pixels that differ from image to image and within an image. */
export function patternPixels(count: number, imageBytes: number, salt = 0): Uint8Array {
  return Uint8Array.from({ length: count * imageBytes }, (_, i) => (i * 31 + Math.floor(i / imageBytes) * 7 + salt) % 256);
}

/** A pair of IDX files: images of side × side, labels cycling through the classes. */
export function idxPair(prefix: string, count: number, side = 8, classes = 3) {
  return [
    { name: `${prefix}-images-idx3-ubyte`, bytes: idxBytes([count, side, side], patternPixels(count, side * side, prefix.length)) },
    { name: `${prefix}-labels-idx1-ubyte`, bytes: idxBytes([count], cyclicLabels(count, classes)) },
  ] as const;
}

/** CIFAR records: labels cycling through ten classes; in image i the red plane is i, green 100, blue 200. */
export function cifarBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count * 3073);
  for (let i = 0; i < count; i++) {
    const record = bytes.subarray(i * 3073, (i + 1) * 3073);
    record[0] = i % 10;
    record
      .fill(i % 256, 1, 1025)
      .fill(100, 1025, 2049)
      .fill(200, 2049);
  }
  return bytes;
}

/** A ustar archive. */
export function tarBytes(files: readonly { name: string; bytes: Uint8Array; type?: string }[]): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const file of files) {
    const header = new Uint8Array(512);
    const put = (at: number, text: string) => header.set(new TextEncoder().encode(text), at);
    put(0, file.name);
    put(124, `${file.bytes.length.toString(8).padStart(11, '0')}\0`);
    put(148, ' '.repeat(8));
    put(156, file.type ?? '0');
    put(257, 'ustar\u000000');
    const sum = header.reduce((total, byte) => total + byte, 0);
    put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
    const padded = new Uint8Array(Math.ceil(file.bytes.length / 512) * 512);
    padded.set(file.bytes);
    blocks.push(header, padded);
  }
  blocks.push(new Uint8Array(1024));
  return joinedBytes(...blocks);
}

/** An extended header (pax) with this path, for the file after it. */
export function paxRecord(path: string) {
  const entry = ` path=${path}\n`;
  const bytes = new TextEncoder().encode(entry).length;
  // The length counts its own digits.
  let length = bytes + 1;
  while (length !== bytes + String(length).length) length++;
  return { name: 'PaxHeader', type: 'x', bytes: new TextEncoder().encode(`20 mtime=1234567.25\n${length}${entry}`) };
}

/** A long name as GNU's tar writes it, for the file after it. */
export function gnuLongName(path: string) {
  return { name: '././@LongLink', type: 'L', bytes: new TextEncoder().encode(`${path}\0`) };
}

export function joinedBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export async function gzipBytes(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
