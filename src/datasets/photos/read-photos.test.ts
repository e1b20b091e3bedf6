import { describe, expect, test } from 'vitest';
import { gzipBytes, paxRecord, tarBytes } from '../test-bytes';
import { DatasetError } from '../types';
import { isPhotoArchive } from './is-photo-archive';
import { type PhotoProgress, readPhotos } from './read-photos';
import { PHOTO_BYTES } from './size';
import { archiveFile, fakeDecode, fakeJpeg, photoFiles } from './test-photos';

const FOLDERS = ['n03888257', 'n01440764'];
const members = [
  ...photoFiles('train', FOLDERS, 60, (label, i) => fakeJpeg(100 * label + i)),
  ...photoFiles('val', FOLDERS, 5, (label, i) => fakeJpeg(100 * label + 60 + i)),
];
const text = (name: string) => ({ name, bytes: new TextEncoder().encode('hello') });
const zipped = async (bytes: Uint8Array) => new File([(await gzipBytes(bytes)) as Uint8Array<ArrayBuffer>], 'set.tgz');
const read = (files: Parameters<typeof tarBytes>[0]) => readPhotos(archiveFile('set.tar', files), fakeDecode);

describe('an archive of photographs', () => {
  test('gives the pictures in its order, with classes sorted by folder and named', async () => {
    const dataset = await read(members);
    expect(dataset).toMatchObject({ id: 'own', name: 'set.tar', classes: ['tench', 'parachute'], shards: [120] });
    expect(dataset.shape).toEqual({ height: 64, width: 64, channels: 3 });
    expect([dataset.train.count, dataset.test.count]).toEqual([120, 10]);
    expect([...dataset.train.labels.subarray(58, 62)]).toEqual([1, 1, 0, 0]);
    const levels = [59, 60].map((i) => dataset.train.pixels[i * PHOTO_BYTES]);
    expect(levels).toEqual([59, 100]);
    expect(dataset.test.pixels.at(-1)).toBe(164);
  });

  test('is the same zipped, and reports every picture on the way', async () => {
    const told: PhotoProgress[] = [];
    const file = await zipped(tarBytes(members));
    expect(await isPhotoArchive(file)).toBe(true);
    const dataset = await readPhotos(file, fakeDecode, { onProgress: (progress) => told.push(progress) });
    expect(dataset.checksum).toBe((await read(members)).checksum);
    expect(told.at(-1)).toEqual({ loadedBytes: file.size, totalBytes: file.size, decoded: 130, skipped: 0 });
    expect(told.map(({ decoded }) => decoded)).toEqual(Array.from({ length: 130 }, (_, i) => i + 1));
  });

  test('has another checksum if one picture is another', async () => {
    const other = members.map((member, i) => (i === 7 ? { ...member, bytes: fakeJpeg(9) } : member));
    expect((await read(other)).checksum).not.toBe((await read(members)).checksum);
  });

  test('skips and counts what is no picture', async () => {
    const dataset = await read([
      text('set2-160/noisy.csv'),
      text('set2-160/train/n01440764/._n.JPEG'),
      text('set2-160/train/n01440764/a.png'),
      text('set2-160/train/n01440764/b.JPEG'),
      { name: 'set2-160/train/n01440764/c.JPEG', bytes: fakeJpeg(255) },
      ...members,
    ]);
    expect(dataset.checksum).toBe((await read(members)).checksum);
    expect(dataset.notices).toContain(
      'Skipped files: 2 not JPEG pictures (first: set2-160/train/n01440764/a.png), ' +
        '1 broken, or too large to decode (first: set2-160/train/n01440764/c.JPEG).',
    );
  });

  test('may have long names', async () => {
    const long = `${'deep/'.repeat(40)}train/n01440764/x.JPEG`;
    const more = [paxRecord(long), { name: 'cut', bytes: fakeJpeg(7) }, ...members];
    expect((await read(more)).train.count).toBe(121);
  });

  test('without pictures for the test gives up a sixth of each class; so does one whose folder for it has no classes', async () => {
    const train = members.slice(0, 120);
    const held = await read(train);
    expect(held.name).toBe('set.tar (a sixth of each class held out as test)');
    expect([held.train.count, held.test.count]).toEqual([100, 20]);
    const foreign = await read([...train, ...photoFiles('val', ['images'], 3, () => fakeJpeg(1))]);
    expect([foreign.train.count, foreign.test.count]).toEqual([100, 20]);
    expect(foreign.notices?.join()).toContain('none of the classes of the folder train');
  });

  test.each<[string, Parameters<typeof tarBytes>[0], string]>([
    ['no folder train', members.slice(120), 'set.tar has no JPEG pictures in folders train/<class>/'],
    ['other pictures', [text('train/a/b.png')], 'Skipped files: 1 not JPEG pictures (first: train/a/b.png).'],
    ['one class', photoFiles('train', ['a'], 100, () => fakeJpeg(1)), 'set.tar has one class alone, a; at least two are needed.'],
    ['too few', members.slice(0, 99), 'set.tar (folder train) holds 99 training images; at least 100 are needed.'],
    [
      'too many classes',
      photoFiles(
        'train',
        Array.from({ length: 257 }, (_, i) => String(i)),
        1,
        () => fakeJpeg(1),
      ),
      'set.tar has 257 classes; at most 256 are read.',
    ],
  ])('is refused with %s', async (_, files, message) => {
    const outcome = await read(files).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(DatasetError);
    expect((outcome as Error).message).toContain(message);
  });

  test('is refused if it is cut or damaged', async () => {
    const whole = await gzipBytes(tarBytes(members));
    for (const length of [whole.length - 1, whole.length >> 1, 40]) {
      const file = new File([whole.subarray(0, length) as Uint8Array<ArrayBuffer>], 'set.tgz');
      await expect(readPhotos(file, fakeDecode)).rejects.toThrow(/^set\.tgz is an incomplete or damaged gzip file/);
    }
    const damaged = whole.slice();
    damaged[whole.length - 6] = (damaged[whole.length - 6] as number) ^ 1;
    await expect(readPhotos(new File([damaged], 'set.tgz'), fakeDecode)).rejects.toThrow(DatasetError);
  });

  test('is not read on when the person stops it', async () => {
    const stop = new AbortController();
    const onProgress = ({ decoded }: PhotoProgress) => {
      if (decoded === 20) stop.abort();
    };
    let decodes = 0;
    const decode = (jpeg: Uint8Array) => {
      decodes++;
      return fakeDecode(jpeg);
    };
    const reading = readPhotos(archiveFile('set.tar', members), decode, { onProgress, signal: stop.signal });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(decodes).toBeLessThan(30);
  });
});

test('other archives are not taken for photographs', async () => {
  expect(await isPhotoArchive(archiveFile('a.tar', [text('readme'), text('data_batch_1.bin')]))).toBe(false);
  expect(await isPhotoArchive(archiveFile('a.tar', [text('photos/cat.jpg')]))).toBe(false);
  expect(await isPhotoArchive(new File(['hello'], 'a.txt'))).toBe(false);
});
