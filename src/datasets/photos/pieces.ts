import { isGzip } from '../gunzip';
import { DatasetError } from '../types';

/**
 * The bytes of an archive as they are read, unzipped if it is gzipped.
 * @param onRead receives the number of bytes of the file that were read since it was last called
 * @throws DatasetError if the file cannot be read, or is damaged or cut gzip; what `signal` was aborted with
 */
export async function* archivePieces(file: File, onRead: (bytes: number) => void, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const head = await file
    .slice(0, 18)
    .arrayBuffer()
    .catch(() => Promise.reject(unreadable(file.name)));
  const zipped = isGzip(new Uint8Array(head));
  let [read, broken] = [0, false];
  const meter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      read += piece.length;
      onRead(piece.length);
      controller.enqueue(piece);
    },
  });
  const metered = file.stream().pipeThrough(meter);
  const reader: ReadableStreamDefaultReader<Uint8Array> = (
    zipped ? metered.pipeThrough(new DecompressionStream('gzip')) : metered
  ).getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const part = await reader.read().catch(() => {
        broken = true;
        throw zipped && read > 0 ? damaged(file.name, read < file.size) : unreadable(file.name);
      });
      if (part.done) return;
      yield part.value;
    }
  } finally {
    if (!broken) await reader.cancel().catch(() => {});
  }
}

function unreadable(name: string): DatasetError {
  return new DatasetError(`${name} cannot be read: it may be a folder, or it was moved or changed.`);
}

function damaged(name: string, inside: boolean): DatasetError {
  return new DatasetError(
    inside ? `${name} is a damaged gzip file: download it again.` : `${name} is an incomplete or damaged gzip file: download it again.`,
  );
}
