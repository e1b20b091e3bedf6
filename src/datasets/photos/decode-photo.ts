import { jpegPixels } from './jpeg-size';
import { MOST_PIXELS, PHOTO_BYTES, PHOTO_SIDE } from './size';

/** Makes the pixels of a JPEG file, PHOTO_BYTES of them, channels last. @returns undefined if it cannot be decoded */
export type DecodePhoto = (jpeg: Uint8Array) => Promise<Uint8Array | undefined>;

/**
 * The browser's decoder, in a worker or on a page: the square in the middle, with the shorter side as its side, scaled to PHOTO_SIDE.
 * The browser turns the picture as its EXIF record says, and converts CMYK.
 */
export function photoDecoder(): DecodePhoto {
  const canvas = new OffscreenCanvas(PHOTO_SIDE, PHOTO_SIDE);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser has no canvas to draw pictures on.');
  context.imageSmoothingQuality = 'high';
  return async (jpeg) => {
    const pixels = jpegPixels(jpeg);
    if (!pixels || pixels > MOST_PIXELS) return undefined;
    const bitmap = await decoded(jpeg);
    if (!bitmap) return undefined;
    const side = Math.min(bitmap.width, bitmap.height);
    const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
    context.drawImage(bitmap, left, top, side, side, 0, 0, PHOTO_SIDE, PHOTO_SIDE);
    bitmap.close();
    return withoutAlpha(context.getImageData(0, 0, PHOTO_SIDE, PHOTO_SIDE).data);
  };
}

function decoded(jpeg: Uint8Array): Promise<ImageBitmap | undefined> {
  const blob = new Blob([jpeg as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' });
  return createImageBitmap(blob).catch(() => undefined);
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array(PHOTO_BYTES);
  for (let from = 0, to = 0; to < PHOTO_BYTES; from += 4, to += 3) {
    rgb[to] = rgba[from] as number;
    rgb[to + 1] = rgba[from + 1] as number;
    rgb[to + 2] = rgba[from + 2] as number;
  }
  return rgb;
}
