import type { Rgb } from './color-scale';

/**
 * RGBA bytes of one image. One channel: byte → `ramp` colour (256 entries), so that a digit is drawn in the theme's ink; three: as they are.
 * Pixels are row-major, channels last. Throws RangeError on another number of channels or too few bytes.
 */
export function imagePixels(bytes: Uint8Array, pixels: number, channels: number, ramp: readonly Rgb[]): Uint8ClampedArray<ArrayBuffer> {
  if (channels !== 1 && channels !== 3) throw new RangeError(`Images have 1 or 3 channels, not ${channels}.`);
  if (bytes.length < pixels * channels) throw new RangeError(`${pixels * channels} bytes are needed, ${bytes.length} are there.`);
  const out = new Uint8ClampedArray(pixels * 4);
  for (let i = 0; i < pixels; i++) {
    const colour = channels === 1 ? ramp[bytes[i]!]! : [bytes[3 * i]!, bytes[3 * i + 1]!, bytes[3 * i + 2]!];
    out.set(colour, 4 * i);
    out[4 * i + 3] = 255;
  }
  return out;
}

/** RGBA bytes of weights: one channel through a diverging scale; three as red, green, blue, zero at middle grey, ±`limit` at the ends. */
export function weightPixels(
  values: Float32Array,
  pixels: number,
  channels: number,
  limit: number,
  scale: (value: number) => Rgb,
): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(pixels * 4);
  for (let i = 0; i < pixels; i++) {
    if (channels === 3) for (let c = 0; c < 3; c++) out[4 * i + c] = 127.5 + (values[3 * i + c]! / limit) * 127.5;
    else out.set(scale(values[channels * i]!), 4 * i);
    out[4 * i + 3] = 255;
  }
  return out;
}

/**
 * Columns of a grid of `count` squares in `width` pixels: the squares at least `smallest` wide with `gap` between them; full rows where
 * that costs at most half of the columns.
 */
export function tileColumns(count: number, width: number, smallest: number, gap: number): number {
  const most = Math.max(1, Math.min(count, Math.floor((width + gap) / (smallest + gap))));
  for (let columns = most; columns > most / 2; columns--) if (count % columns === 0) return columns;
  return most;
}
