/** Counting values. */

/**
 * Counts in `bins` equal bins over [min, max]; bin i holds min + i·w ≤ x < min + (i + 1)·w, the last one max as well.
 * Values outside are counted in the nearest bin; NaN is not counted. If min = max everything falls into the first bin.
 * @throws RangeError if `bins` is not a positive integer or min > max or one of them is not finite
 */
export function histogram(values: Float32Array, min: number, max: number, bins: number): Uint32Array {
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`A histogram has 1 bin or more, not ${bins}.`);
  if (!Number.isFinite(min) || !Number.isFinite(max) || min > max) throw new RangeError(`A histogram cannot range from ${min} to ${max}.`);
  const counts = new Uint32Array(bins);
  const perUnit = max > min ? bins / (max - min) : 0;
  const last = bins - 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const bin = value <= min ? 0 : value >= max ? (max > min ? last : 0) : Math.min(last, Math.floor((value - min) * perUnit));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

/** Smallest and largest value, NaN ignored; 0 and 0 if there is none. */
export function range(values: Float32Array | Int32Array): { readonly min: number; readonly max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}

export interface Levels {
  /** Distinct values in ascending order. */
  readonly values: Float32Array;
  /** How often each occurs. */
  readonly counts: Uint32Array;
}

/** Span of integers that are counted in an array instead of a map. */
const TABLE = 2 ** 16;

/** The distinct values and how often each occurs. −0 counts as 0. */
export function distinctLevels(values: Float32Array | Int32Array): Levels {
  const { min, max } = range(values);
  const found = values instanceof Int32Array && max - min < TABLE ? countedInTable(values, min, max) : countedInMap(values);
  return { values: Float32Array.from(found, ([value]) => value), counts: Uint32Array.from(found, ([, count]) => count) };
}

function countedInTable(codes: Int32Array, min: number, max: number): [number, number][] {
  const table = new Uint32Array(max - min + 1);
  for (let i = 0; i < codes.length; i++) {
    const place = (codes[i] as number) - min;
    table[place] = (table[place] as number) + 1;
  }
  return Array.from(table, (count, place): [number, number] => [min + place, count]).filter(([, count]) => count > 0);
}

function countedInMap(values: Float32Array | Int32Array): [number, number][] {
  const found = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const value = (values[i] as number) + 0;
    found.set(value, (found.get(value) ?? 0) + 1);
  }
  return [...found].sort(([a], [b]) => a - b);
}

/**
 * Shannon entropy of a distribution given by counts, in bits per symbol: H = −Σ p log₂ p (Shannon 1948, section 6).
 * The mean code length of any prefix code is at least H. 0 for nothing and for a single symbol.
 */
export function entropy(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  let bits = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (count > 0) bits += (count / total) * Math.log2(total / count);
  }
  return bits;
}
