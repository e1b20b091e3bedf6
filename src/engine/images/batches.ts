import type { ImageSet } from '../../datasets/types';

export interface Affine {
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

/**
 * Copies images `indices[from … from + count)` into `out` as x = byte × scale + shift per channel, wrapping at the end of `indices`.
 * @param out count × pixels floats  @param labels count whole numbers
 */
export function gatherBatch(
  set: ImageSet,
  indices: Uint32Array,
  from: number,
  affine: Affine,
  out: Float32Array,
  labels: Int32Array,
): void {
  const count = labels.length;
  const pixels = out.length / count;
  const channels = affine.scale.length;
  // 256 possible bytes a channel: a table is faster than arithmetic and rounds exactly once.
  const table = byteTable(affine);
  for (let i = 0; i < count; i++) {
    const image = indices[(from + i) % indices.length] ?? 0;
    labels[i] = set.labels[image] ?? 0;
    const start = image * pixels;
    const to = i * pixels;
    for (let p = 0; p < pixels; p++) out[to + p] = table[(p % channels) * 256 + (set.pixels[start + p] ?? 0)] ?? 0;
  }
}

const tables = new WeakMap<Affine, Float32Array>();

/** What each byte becomes, 256 floats a channel, each rounded once. */
export function byteTable(affine: Affine): Float32Array {
  let table = tables.get(affine);
  if (!table) {
    table = new Float32Array(256 * affine.scale.length);
    affine.scale.forEach((scale, channel) => {
      for (let byte = 0; byte < 256; byte++)
        table?.fill(byte * scale + (affine.shift[channel] ?? 0), channel * 256 + byte, channel * 256 + byte + 1);
    });
    tables.set(affine, table);
  }
  return table;
}
