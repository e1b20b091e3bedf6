/**
 * For tests: a decoder of one's own, written from docs/FORMAT.md alone, for float32, uniform and codebook tensors with one block or one for
 * each output channel, every support and every coder. It imports nothing, so what it reads is what the document says.
 */

class Bytes {
  at = 0;
  constructor(readonly all: Uint8Array) {}
  u8 = (): number => this.all[this.at++] as number;
  u16 = (): number => this.u8() + 256 * this.u8();
  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.u8();
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  }
  take(n: number): Uint8Array {
    this.at += n;
    return this.all.slice(this.at - n, this.at);
  }
  text = (length: number): string => new TextDecoder().decode(this.take(length));
  floats = (n: number): number[] => Array.from({ length: n }, () => new DataView(this.take(4).buffer).getFloat32(0, true));
  /** Reads bits, the lowest of a byte first; what is left of the last byte is skipped. */
  bits<T>(read: (bit: () => number) => T): T {
    let place = 8 * this.at;
    const result = read(() => ((this.all[place >> 3] as number) >> (place++ & 7)) & 1);
    this.at = Math.ceil(place / 8);
    return result;
  }
  packed(n: number, bits: number, signed: boolean): number[] {
    return this.bits((bit) =>
      Array.from({ length: n }, () => {
        let value = 0;
        for (let i = 0; i < bits; i++) value += bit() * 2 ** i;
        return signed && value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
      }),
    );
  }
  coded(coder: number, n: number, bits: number, signed: boolean): number[] {
    if (coder === 0) return this.packed(n, bits, signed);
    if (n === 0) return [];
    const counts = Array.from({ length: this.u8() }, () => this.varint());
    const numbers = this.packed(
      counts.reduce((a, b) => a + b, 0),
      bits,
      signed,
    );
    const codes = new Map<string, number>();
    let code = 0;
    let next = 0;
    for (const [i, count] of counts.entries()) {
      code *= 2;
      for (let j = 0; j < count; j++) codes.set((code++).toString(2).padStart(i + 1, '0'), numbers[next++] as number);
    }
    return this.bits((bit) =>
      Array.from({ length: n }, () => {
        let word = '';
        while (!codes.has(word)) word += bit();
        return codes.get(word) as number;
      }),
    );
  }
}

/** Indices of the kept elements, in the order of the file. */
function keptIndices(file: Bytes, support: number, coder: number, shape: readonly number[]): number[] {
  const count = shape.reduce((a, b) => a * b, 1);
  const columns = shape.at(-1) ?? 1;
  if (support === 0) return Array.from({ length: count }, (_, i) => i);
  if (support === 1) return file.packed(count, 1, false).flatMap((bit, i) => (bit ? [i] : []));
  if (support === 2) {
    const k = file.u8();
    const gaps = file.coded(coder, file.varint(), k, false).map((stored) => stored + 1);
    const flags = file.packed(gaps.filter((gap) => gap === 2 ** k).length, 1, false);
    let place = -1;
    return gaps.flatMap((gap) => {
      place += gap;
      return gap === 2 ** k && flags.shift() === 1 ? [] : [place];
    });
  }
  const [lines, places] = support === 3 ? [count / columns, columns] : [columns, count / columns];
  const pointers = file.packed(lines + 1, file.u8(), false);
  const within = file.coded(coder, pointers.at(-1) as number, Math.max(1, Math.ceil(Math.log2(places))), false);
  return within.map((place, entry) => {
    const line = pointers.findLastIndex((pointer) => pointer <= entry);
    return support === 3 ? line * columns + place : place * columns + line;
  });
}

/** The block of each element, and how many there are: granularities 0 and 1. */
function blocksOf(granularity: number, columns: number): { n: number; of: (i: number) => number } {
  return granularity === 0 ? { n: 1, of: () => 0 } : { n: columns, of: (i) => i % columns };
}

/** The values of each tensor, by name. */
export function decodeByDocument(bytes: Uint8Array): Map<string, number[]> {
  const file = new Bytes(bytes);
  if (file.text(4) !== 'FEWB' || file.u16() !== 1) throw new Error('no model file of version 1');
  const tensors = file.u16();
  JSON.parse(file.text(file.varint()));
  const entries = Array.from({ length: tensors }, () => {
    const name = file.text(file.u8());
    file.u8();
    let encoding = file.u8();
    const shape = Array.from({ length: file.u8() }, () => file.varint());
    const [support, coder] = encoding === 10 ? [file.u8(), file.u8()] : [0, 0];
    if (encoding === 10) encoding = file.u8();
    const bits = encoding === 0 ? 32 : file.u8();
    const granularity = encoding >= 3 ? file.u8() : 0;
    const books = encoding === 5 ? [file.varint(), file.varint()] : [];
    return { name, encoding, shape, support, coder, bits, granularity, books };
  });
  return new Map(
    entries.map(({ name, encoding, shape, support, coder, bits, granularity, books: [codebooks = 0, levels = 0] }) => {
      const values = new Array<number>(shape.reduce((a, b) => a * b, 1)).fill(0);
      const kept = keptIndices(file, support, coder, shape);
      const { n, of } = blocksOf(granularity, shape.at(-1) ?? 1);
      if (encoding === 0) {
        for (const [i, value] of file.floats(kept.length).entries()) values[kept[i] as number] = value;
      } else if (encoding === 5) {
        const table = file.floats(codebooks * levels);
        const codes = file.coded(coder, kept.length, bits, false);
        for (const [i, at] of kept.entries()) values[at] = table[(codebooks === 1 ? 0 : of(at)) * levels + (codes[i] as number)] as number;
      } else {
        const scales = file.floats(n);
        const zeros = encoding % 2 === 0 ? file.packed(n, bits, true) : [];
        const codes = file.coded(coder, kept.length, bits, true);
        for (const [i, at] of kept.entries())
          values[at] = Math.fround((scales[of(at)] as number) * ((codes[i] as number) - (zeros[of(at)] ?? 0)));
      }
      return [name, values];
    }),
  );
}
