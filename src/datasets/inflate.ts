/**
 * Inflates DEFLATE data (RFC 1951) and says where it ends, which a browser's DecompressionStream does not: it refuses whatever follows
 * the first member of a gzip file, and keeps the reason to itself.
 */

/** Why data cannot be inflated. */
export class InflateError extends Error {
  override readonly name = 'InflateError';

  constructor(readonly reason: 'damaged' | 'cut' | 'long') {
    super(reason);
  }
}

/** Base values and extra bits of the length codes 257 … 285 and the distance codes 0 … 29. */
const LENGTHS = bases([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5], 3);
const DISTANCES = bases([0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13], 1);
const LONGEST = 258;
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MOST_BITS = 15;

function bases(extra: readonly number[], first: number) {
  let base = first;
  return extra.map((bits) => {
    const entry = { base, bits };
    base += 2 ** bits;
    return entry;
  });
}

/** How many codes there are of each length, and the symbols in the order of their codes. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function huffman(lengths: readonly number[]): Huffman {
  const counts = new Uint16Array(MOST_BITS + 1);
  for (const length of lengths) counts[length] = (counts[length] as number) + 1;
  counts[0] = 0;
  let left = 1;
  for (let length = 1; length <= MOST_BITS; length++) {
    left = 2 * left - (counts[length] as number);
    if (left < 0) throw new InflateError('damaged');
  }
  const offsets = new Uint16Array(MOST_BITS + 2);
  for (let length = 1; length <= MOST_BITS; length++) offsets[length + 1] = (offsets[length] as number) + (counts[length] as number);
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    symbols[offsets[length] as number] = symbol;
    offsets[length] = (offsets[length] as number) + 1;
  }
  return { counts, symbols };
}

const fixedLengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
const fixed = { literals: huffman(fixedLengths), distances: huffman(new Array(30).fill(5)) };

/**
 * @param from where the data begin in `bytes` @param limit the most bytes that may come out
 * @returns the bytes, and where the data end in `bytes`
 * @throws InflateError
 */
export function inflate(bytes: Uint8Array, from: number, limit: number): { readonly data: Uint8Array; readonly end: number } {
  return new Inflation(bytes, from, limit).run();
}

class Inflation {
  private out: Uint8Array;
  private length = 0;
  private buffer = 0;
  private held = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
    private readonly limit: number,
  ) {
    this.out = new Uint8Array(Math.min(limit, Math.max(1024, 4 * bytes.length)));
  }

  run() {
    for (let last = false; !last; ) {
      last = this.take(1) === 1;
      const kind = this.take(2);
      if (kind === 0) this.stored();
      else if (kind === 1) this.block(fixed.literals, fixed.distances);
      else if (kind === 2) this.dynamic();
      else throw new InflateError('damaged');
    }
    return { data: this.out.subarray(0, this.length), end: this.at };
  }

  private take(count: number): number {
    while (this.held < count) {
      if (this.at >= this.bytes.length) throw new InflateError('cut');
      this.buffer |= (this.bytes[this.at++] as number) << this.held;
      this.held += 8;
    }
    const value = this.buffer & ((1 << count) - 1);
    this.buffer >>>= count;
    this.held -= count;
    return value;
  }

  /** The next symbol: codes of each length are consecutive numbers, read bit by bit. */
  private symbol({ counts, symbols }: Huffman): number {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= MOST_BITS; length++) {
      code |= this.take(1);
      const count = counts[length] as number;
      if (code - count < first) return symbols[index + code - first] as number;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new InflateError('damaged');
  }

  private room(count: number): void {
    const needed = this.length + count;
    if (needed > this.limit) throw new InflateError('long');
    if (needed <= this.out.length) return;
    const larger = new Uint8Array(Math.min(this.limit, Math.max(needed, 2 * this.out.length)));
    larger.set(this.out);
    this.out = larger;
  }

  private stored(): void {
    [this.buffer, this.held] = [0, 0];
    const [count, check] = [this.take(16), this.take(16)];
    if ((count ^ check) !== 0xffff) throw new InflateError('damaged');
    if (this.at + count > this.bytes.length) throw new InflateError('cut');
    this.room(count);
    this.out.set(this.bytes.subarray(this.at, this.at + count), this.length);
    this.at += count;
    this.length += count;
  }

  private block(literals: Huffman, distances: Huffman): void {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.room(1);
        this.out[this.length++] = symbol;
      } else this.copy(this.copied(symbol - 257), this.distance(this.symbol(distances)));
    }
  }

  private copied(code: number): number {
    if (code === LENGTHS.length) return LONGEST;
    const entry = LENGTHS[code];
    if (!entry) throw new InflateError('damaged');
    return entry.base + this.take(entry.bits);
  }

  private distance(code: number): number {
    const entry = DISTANCES[code];
    if (!entry) throw new InflateError('damaged');
    const distance = entry.base + this.take(entry.bits);
    if (distance > this.length) throw new InflateError('damaged');
    return distance;
  }

  private copy(count: number, distance: number): void {
    this.room(count);
    for (let i = 0; i < count; i++, this.length++) this.out[this.length] = this.out[this.length - distance] as number;
  }

  private dynamic(): void {
    const [literals, distances, given] = [this.take(5) + 257, this.take(5) + 1, this.take(4) + 4];
    const orders = new Array<number>(LENGTH_ORDER.length).fill(0);
    for (let i = 0; i < given; i++) orders[LENGTH_ORDER[i] as number] = this.take(3);
    const codes = huffman(orders);
    const lengths: number[] = [];
    while (lengths.length < literals + distances) {
      const symbol = this.symbol(codes);
      if (symbol < 16) lengths.push(symbol);
      else {
        const [value, count] = this.repeated(symbol, lengths);
        for (let i = 0; i < count; i++) lengths.push(value);
      }
    }
    if (lengths.length > literals + distances) throw new InflateError('damaged');
    this.block(huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals)));
  }

  private repeated(symbol: number, lengths: readonly number[]): readonly [value: number, count: number] {
    if (symbol === 17) return [0, 3 + this.take(3)];
    if (symbol === 18) return [0, 11 + this.take(7)];
    const previous = lengths.at(-1);
    if (previous === undefined) throw new InflateError('damaged');
    return [previous, 3 + this.take(2)];
  }
}
