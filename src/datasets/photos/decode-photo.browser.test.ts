import { afterEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../numerics/coding/checksums';
import { openFiles } from '../own-files';
import { gzipBytes, tarBytes } from '../test-bytes';
import { photoDecoder } from './decode-photo';
import { keptPhotos } from './photo-cache';
import type { PhotoProgress } from './read-photos';
import { PHOTO_BYTES, PHOTO_SIDE } from './size';
import { photoFiles } from './test-photos';

/** A JPEG file of bands of colour from left to right, each a third of the width. */
async function jpeg(width: number, height: number, colours: readonly string[]): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  for (const [i, colour] of colours.entries()) {
    context.fillStyle = colour;
    context.fillRect((i * width) / colours.length, 0, width / colours.length, height);
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
  return new Uint8Array(await blob.arrayBuffer());
}

const pixel = (pixels: Uint8Array | undefined, x: number, y: number) => {
  const at = 3 * (y * PHOTO_SIDE + x);
  return [...(pixels?.subarray(at, at + 3) ?? [])];
};
const near = (found: number[], expected: number[]) =>
  expect(Math.max(...found.map((v, i) => Math.abs(v - (expected[i] ?? 0))))).toBeLessThan(8);

describe('the decoder of photographs', () => {
  test('cuts the square in the middle and scales it', async () => {
    const pixels = await photoDecoder()(await jpeg(480, 160, ['#ff0000', '#004080', '#00ff00']));
    expect(pixels?.length).toBe(PHOTO_BYTES);
    for (const [x, y] of [
      [2, 2],
      [32, 32],
      [61, 61],
    ] as const)
      near(pixel(pixels, x, y), [0, 64, 128]);
  });

  test('keeps left and right, also of a picture that is smaller than its target', async () => {
    const pixels = await photoDecoder()(await jpeg(32, 48, ['#ff0000', '#0000ff']));
    near(pixel(pixels, 8, 32), [254, 0, 0]);
    near(pixel(pixels, 56, 32), [0, 0, 254]);
  });

  test('gives nothing for what is cut, is no picture, or would be huge', async () => {
    const whole = await jpeg(160, 160, ['#123456', '#fedcba']);
    const decode = photoDecoder();
    expect(await decode(whole)).toBeDefined();
    expect(await decode(whole.subarray(0, whole.length >> 1))).toBeUndefined();
    expect(await decode(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9))).toBeUndefined();
    const huge = whole.slice();
    const frame = huge.findIndex((byte, i) => byte === 0xff && huge[i + 1] === 0xc0);
    huge.fill(0xff, frame + 5, frame + 9);
    expect(await decode(huge)).toBeUndefined();
  });
});

describe('an archive of photographs in a browser', () => {
  afterEach(() => caches.delete('fewbits-photos-1'));

  const small = async () => {
    const pictures = [await jpeg(40, 30, ['#ff0000']), await jpeg(30, 40, ['#0000ff'])];
    const folders = ['n01440764', 'n03888257'];
    const members = ['train', 'val'].flatMap((set) => photoFiles(set, folders, 60, (label) => pictures[label] as Uint8Array));
    return new File([(await gzipBytes(tarBytes(members))) as Uint8Array<ArrayBuffer>], 'imagenette2-160.tgz', { lastModified: 5 });
  };

  test('is decoded once, and found again by its checksum or its file', async () => {
    const told: PhotoProgress[] = [];
    const first = await openFiles([await small()], { onProgress: (progress) => told.push(progress) });
    expect([first.train.count, first.test.count, first.classes]).toEqual([120, 120, ['tench', 'parachute']]);
    expect(told.at(-1)).toMatchObject({ decoded: 240, skipped: 0 });
    near(pixel(first.train.pixels.subarray(119 * PHOTO_BYTES), 30, 30), [0, 0, 254]);

    told.length = 0;
    const again = await openFiles([await small()], { onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([]);
    const { ready: _, testReady: __, train, test: tested, ...rest } = again;
    expect(first).toMatchObject(rest);
    const hashes = ({ pixels, labels }: typeof train) => [sha256Hex(pixels), sha256Hex(labels)];
    expect([hashes(train), hashes(tested)]).toEqual([hashes(first.train), hashes(first.test)]);
    expect((await keptPhotos({ checksum: first.checksum }))?.train.count).toBe(120);
    expect(await keptPhotos({ checksum: 'ab' })).toBeUndefined();
  });

  test('is not taken from a damaged cache', async () => {
    const { checksum } = await openFiles([await small()]);
    const cache = await caches.open('fewbits-photos-1');
    const [request] = await cache.keys();
    const bytes = new Uint8Array(await ((await cache.match(request as Request)) as Response).arrayBuffer());
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1;
    await cache.put(request as Request, new Response(bytes));
    expect(await keptPhotos({ checksum })).toBeUndefined();
  });
});
