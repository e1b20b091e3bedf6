export interface PreparedManifest {
  readonly id: string;
  readonly checksum: string;
}

export interface PrepareOptions {
  /** The project's folder; the script's own by default. */
  readonly root?: string;
  readonly log?: (line: string) => void;
}

export function prepareData(ids?: readonly string[], options?: PrepareOptions): Promise<readonly PreparedManifest[]>;
