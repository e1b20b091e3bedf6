/** Pixels of a side. The network sees squares of this size: at 160, Imagenette would be 1.03 GB of bytes, at 64 it is 165 MB. */
export const PHOTO_SIDE = 64;
export const PHOTO_SHAPE = { height: PHOTO_SIDE, width: PHOTO_SIDE, channels: 3 };
export const PHOTO_BYTES = 3 * PHOTO_SIDE * PHOTO_SIDE;

/**
 * Most photographs that are read: 492 MB, of which a tab holds twice as much for a moment. Imagenette has 13,394. WebGPU binds buffers of
 * 128 MiB everywhere, which are 10,922 photographs for training; with more of them, batches are sent one by one.
 */
export const MOST_PHOTOS = 40_000;

/** The largest JPEG file that is opened, in bytes. */
export const MOST_JPEG_BYTES = 32 * 2 ** 20;

/** The largest photograph that is decoded, in pixels: 160 MB while it is. */
export const MOST_PIXELS = 40_000_000;
