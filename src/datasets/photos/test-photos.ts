/** Archives of pictures made by hand, for the tests. */
import { tarBytes } from '../test-bytes';
import { PHOTO_BYTES } from './size';

/** Something that begins and ends as a JPEG file, with one byte that `fakeDecode` makes a picture of. */
export function fakeJpeg(level: number): Uint8Array {
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, level, 0xff, 0xd9);
}

/** A picture of one colour; level 255 stands for a broken file. */
export async function fakeDecode(jpeg: Uint8Array): Promise<Uint8Array | undefined> {
  const level = jpeg[4] as number;
  return level === 255 ? undefined : new Uint8Array(PHOTO_BYTES).fill(level);
}

/** Members of an archive: `count` pictures in each class's folder. */
export function photoFiles(set: string, folders: readonly string[], count: number, jpeg: (label: number, i: number) => Uint8Array) {
  return folders.flatMap((folder, label) =>
    Array.from({ length: count }, (_, i) => ({ name: `set2-160/${set}/${folder}/${folder}_${i}.JPEG`, bytes: jpeg(label, i) })),
  );
}

export function archiveFile(name: string, members: Parameters<typeof tarBytes>[0]): File {
  return new File([tarBytes(members) as Uint8Array<ArrayBuffer>], name, { lastModified: 1 });
}
