export interface ManifestChunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

export function firstPaintFiles(manifest: Readonly<Record<string, ManifestChunk>>, first?: readonly string[]): string[];
