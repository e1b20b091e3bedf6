import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource } from '../datasets/load';
import { DatasetError } from '../datasets/types';

/** Reads the prepared data from a folder. Rejects with a DatasetError that names the file. */
export function fileSource(folder: string): ByteSource {
  return async (path, onBytes = () => {}) => {
    try {
      const bytes = await readFile(join(folder, path));
      onBytes(bytes.length);
      // A view over the bytes: small files share a pool in Node, which must not be handed out.
      return new Uint8Array(bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DatasetError(`${path} could not be read: ${reason}`);
    }
  };
}
