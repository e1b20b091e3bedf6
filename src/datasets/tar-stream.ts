import { cutTar, damagedTar, endlessTar } from './tar';
import { BLOCK, longName, MOST_RECORD, namesTheNext, paddedSize, readHeader } from './tar-header';

export interface StreamedFile {
  /** In the archive, with its folders. */
  readonly path: string;
  readonly size: number;
  /** Undefined if it was not wanted. */
  readonly bytes: Uint8Array | undefined;
}

/** What may follow the end of an archive: tar fills up to a record of 10,240 bytes, other writers to more. */
const MOST_AFTER = 2 ** 20;

/**
 * The regular files of a tar archive that arrives in pieces, one after the other, without ever holding more than one file and one piece.
 * @param name the archive, for the error's sentence
 * @param wanted which files to hand out with their bytes; the others are passed over
 * @throws DatasetError if the archive is damaged or cut short, and what `pieces` throws
 */
export async function* streamTar(
  name: string,
  pieces: AsyncIterable<Uint8Array>,
  wanted: (path: string, size: number) => boolean,
): AsyncGenerator<StreamedFile> {
  const reader = new PieceReader(pieces[Symbol.asyncIterator]());
  try {
    let long: string | undefined;
    for (;;) {
      const at = reader.position;
      const block = await reader.take(BLOCK);
      if (!block) throw endlessTar(name);
      // The rest is read too: only its end says whether a gzip file is whole.
      if (block.every((byte) => byte === 0)) return void (await reader.pass(MOST_AFTER));
      const header = readHeader(block);
      if (!header) throw damagedTar(name, at);
      const { size, type } = header;
      const record = namesTheNext(type);
      const path = long ?? header.path;
      const take = record ? size <= MOST_RECORD : type === '0' && wanted(path, size);
      if (record && !take) throw damagedTar(name, at);
      const bytes = take ? await reader.take(size) : undefined;
      const rest = paddedSize(size) - (bytes ? size : 0);
      if ((take && !bytes) || (await reader.pass(rest)) < rest) throw cutTar(name);
      if (record) long = longName(type, bytes as Uint8Array) ?? long;
      else {
        long = undefined;
        if (type === '0') yield { path, size, bytes };
      }
    }
  } finally {
    await reader.close();
  }
}

/** Cuts pieces of any length into the lengths that are asked for. */
class PieceReader {
  position = 0;
  #piece: Uint8Array = new Uint8Array();

  constructor(private readonly pieces: AsyncIterator<Uint8Array>) {}

  /** A copy of the next `count` bytes; undefined if there are fewer. */
  async take(count: number): Promise<Uint8Array | undefined> {
    const bytes = new Uint8Array(count);
    let filled = 0;
    await this.#each(count, (part) => {
      bytes.set(part, filled);
      filled += part.length;
    });
    return filled === count ? bytes : undefined;
  }

  /** Passes over `count` bytes. @returns how many there were */
  async pass(count: number): Promise<number> {
    const from = this.position;
    await this.#each(count, () => {});
    return this.position - from;
  }

  async close(): Promise<void> {
    await this.pieces.return?.();
  }

  async #each(count: number, use: (part: Uint8Array) => void): Promise<void> {
    for (let left = count; left > 0; ) {
      if (this.#piece.length === 0) {
        const next = await this.pieces.next();
        if (next.done) return;
        this.#piece = next.value;
      }
      const part = this.#piece.subarray(0, left);
      this.#piece = this.#piece.subarray(part.length);
      this.position += part.length;
      left -= part.length;
      use(part);
    }
  }
}
