/**
 * Positions as gaps of a few bits: the relative index of Deep Compression (Han et al. 2016, arXiv 1510.00149, section 2 and figure 2).
 *
 * A gap is the distance to the kept element before it; before the first element the position is −1. With `bits` bits a gap of 1 … 2^bits can
 * be written, as gap − 1. Where the distance is larger, a filler is put at the distance 2^bits, and counting goes on from there.
 */

export interface RelativeIndex {
  /** gap − 1 of each entry, 0 … 2^bits − 1. */
  readonly gaps: Int32Array;
  /** For each entry: 1 is a filler, 0 a kept element. Only an entry with the largest gap can be a filler. */
  readonly fillers: Uint8Array;
}

/**
 * @param indices of the kept elements, ascending
 * @param bits 1 … 16
 */
export function relativeIndex(indices: Int32Array, bits: number): RelativeIndex {
  const largest = 2 ** bits;
  let entries = 0;
  let position = -1;
  for (let i = 0; i < indices.length; i++) {
    entries += Math.ceil(((indices[i] as number) - position) / largest);
    position = indices[i] as number;
  }
  const gaps = new Int32Array(entries);
  const fillers = new Uint8Array(entries);
  let next = 0;
  position = -1;
  for (let i = 0; i < indices.length; i++) {
    for (; (indices[i] as number) - position > largest; position += largest) {
      gaps[next] = largest - 1;
      fillers[next++] = 1;
    }
    gaps[next++] = (indices[i] as number) - position - 1;
    position = indices[i] as number;
  }
  return { gaps, fillers };
}

/** The position of every entry, fillers included: the running sum of gap + 1, less one. */
export function entryPositions(gaps: Int32Array): Float64Array {
  const positions = new Float64Array(gaps.length);
  let position = -1;
  for (let i = 0; i < gaps.length; i++) {
    position += (gaps[i] as number) + 1;
    positions[i] = position;
  }
  return positions;
}
