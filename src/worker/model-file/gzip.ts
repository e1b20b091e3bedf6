/** Bytes of the data in gzip, by the platform's own CompressionStream, whose level is unknown. */
export async function gzipLength(bytes: Uint8Array): Promise<number> {
  const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new CompressionStream('gzip'));
  return (await new Response(stream).arrayBuffer()).byteLength;
}
