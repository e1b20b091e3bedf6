/** Parts of a tensor's description in the head of a model file; the layout is in model-file.ts. */

import { MAX_BITS } from '../coding/pack-bits';
import type { Granularity } from '../scales/scale-grid';
import { type ByteReader, ModelFileError } from './byte-reader';

/** Appends a variable-length unsigned integer, as `ByteReader.varint` reads it. */
export function pushVarint(out: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    out.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  out.push(rest);
}

/** Appends a granularity, as `readGranularity` reads it. Its numbers are part of the layout: new ones come last. */
export function pushGranularity(out: number[], granularity: Granularity): void {
  if (granularity === 'tensor') out.push(0);
  else if (granularity === 'channel') out.push(1);
  else {
    const [kind, n] =
      'channels' in granularity ? [2, granularity.channels] : 'inputs' in granularity ? [3, granularity.inputs] : [4, granularity.axis];
    out.push(kind);
    pushVarint(out, n);
  }
}

/** @throws ModelFileError if it is none that `pushGranularity` writes */
export function readGranularity(body: ByteReader, name: string): Granularity {
  const what = `the granularity of ${name}`;
  switch (body.u8(what)) {
    case 0:
      return 'tensor';
    case 1:
      return 'channel';
    case 2:
      return { channels: body.varint(what) };
    case 3:
      return { inputs: body.varint(what) };
    case 4:
      return { axis: body.varint(what) };
    default:
      throw unknownDescription(name);
  }
}

/** The width of codes. @throws ModelFileError if it is not 1 … 24 */
export function readBits(body: ByteReader, name: string): number {
  const bits = body.u8(`the bits of ${name}`);
  if (bits < 1 || bits > MAX_BITS) throw new ModelFileError(`The model file is damaged: ${name} has ${bits} bits.`);
  return bits;
}

export function unknownDescription(name: string): ModelFileError {
  return new ModelFileError(`The model file is damaged: the description of ${name} is unknown to this program.`);
}
