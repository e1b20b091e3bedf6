import { rm, stat, writeFile } from 'node:fs/promises';
import { fileProblem, UsageError } from './problems';

export interface OutFile {
  readonly write: (text: string | Uint8Array) => Promise<void>;
  /** Takes the file away again if nothing was ever in it. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the file of `--out` for later: a path that cannot be written is found out before an hour of training, not after it.
 * What the file holds stays until `write`.
 * @throws UsageError if it cannot be written
 */
export async function openOutFile(path: string): Promise<OutFile> {
  try {
    await writeFile(path, '', { flag: 'a' });
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${fileProblem(error)}.`);
  }
  return {
    write: (text) => writeFile(path, text),
    close: async () => {
      const { size } = await stat(path);
      if (size === 0) await rm(path);
    },
  };
}
