/** Where a photograph lies in an archive of folders, such as `imagenette2-160/train/n01440764/x.JPEG`. */
export interface PhotoPlace {
  readonly set: 'train' | 'val' | 'test';
  /** The folder of its class: often a WordNet ID. */
  readonly folder: string;
}

/** @returns undefined if the file is not in a class's folder, or is what macOS writes beside one */
export function photoPlace(path: string): PhotoPlace | undefined {
  const found = /(?:^|\/)(train|val|test)\/([^/]+)\/(?:[^/]+\/)*([^/]+)$/i.exec(path);
  if (!found || found[3]?.startsWith('.')) return undefined;
  return { set: found[1]?.toLowerCase() as PhotoPlace['set'], folder: found[2] as string };
}

/** True if the bytes begin as a JPEG file does. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** The classes of Imagenette by their WordNet IDs (fast.ai, github.com/fastai/imagenette). */
const NAMES: Readonly<Record<string, string>> = {
  n01440764: 'tench',
  n02102040: 'English springer',
  n02979186: 'cassette player',
  n03000684: 'chain saw',
  n03028079: 'church',
  n03394916: 'French horn',
  n03417042: 'garbage truck',
  n03425413: 'gas pump',
  n03445777: 'golf ball',
  n03888257: 'parachute',
};

/** What a class is called: its name in Imagenette, or else its folder. */
export function className(folder: string): string {
  return NAMES[folder] ?? folder;
}
