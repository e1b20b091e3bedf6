import { MAX_BITS, packedLength, packUnsigned, unpackUnsigned } from '../../coding/pack-bits';
import { ModelFileError } from '../byte-reader';
import { sizeOf } from '../section';
import { keptProblem, type SupportKind } from './support-kind';

/** Compressed sparse rows: for each row where its entries begin, and for each entry its column. */
export const csr = compressed('csr', 3);
/** The same by columns; values go column by column. */
export const csc = compressed('csc', 4);

/**
 * A tensor is a matrix with its last dimension as columns and all others as rows. Of a entries in n rows, this takes 2a + n + 1 numbers: a
 * values, a columns and n + 1 pointers (Han et al. 2016, section 2). The format says "lines" for what is compressed, rows or columns.
 *
 * In the file: u8 bits of a pointer; for each line the number of entries in the lines before it, and last the number of all entries, packed
 * unsigned; then the place of each entry in its line, unsigned, with as few bits as the largest place needs, as the tensor's coder writes
 * codes. Bits are at least 1.
 */
function compressed<Kind extends 'csr' | 'csc'>(
  kind: Kind,
  number: number,
): SupportKind<{ readonly kind: Kind; readonly kept: Uint8Array }> {
  const [lineNoun, placeNoun] = kind === 'csr' ? ['row', 'columns'] : ['column', 'rows'];
  return {
    kind,
    number,
    leastBytes: () => 2,
    leastEntries: () => 0,

    write({ kept }, shape, label, coder) {
      const grid = gridOf(shape, kind);
      const { pointers, places } = compress(kept, grid);
      const bits = bitsFor(pointers.at(-1) as number);
      const name = `${label} ${lineNoun} pointers, ${pointers.length} × ${bits} bits`;
      return [
        { bytes: Uint8Array.of(bits), name: `${label} bits of a pointer`, kind: 'indices' },
        { bytes: packUnsigned(pointers, bits), name, kind: 'indices' },
        ...coder.write(places, { bits: placeBits(grid), sign: 'unsigned' }, { label, noun: placeNoun, kind: 'indices' }),
      ];
    },

    read(body, shape, name, coder) {
      const grid = gridOf(shape, kind);
      const damaged = (what: string) => new ModelFileError(`The model file is damaged: the ${lineNoun} pointers of ${name} ${what}.`);
      const bits = body.u8(`the pointers of ${name}`);
      if (bits < 1 || bits > MAX_BITS) throw damaged(`have ${bits} bits`);
      const bytes = body.take(packedLength(grid.lines + 1, bits), `the ${lineNoun} pointers of ${name}`);
      const pointers = unpackUnsigned(bytes, grid.lines + 1, bits);
      const entries = pointers.at(-1) as number;
      if (pointers[0] !== 0 || bitsFor(entries) !== bits) throw damaged('do not begin at 0 or have bits to spare');
      for (let line = 0; line < grid.lines; line++) {
        const held = (pointers[line + 1] as number) - (pointers[line] as number);
        if (held < 0 || held > grid.places) throw damaged(`give a ${lineNoun} ${held} entries`);
      }
      const alphabet = { bits: placeBits(grid), sign: 'unsigned' } as const;
      if (coder.leastBytes(entries, alphabet.bits) > body.remaining) throw damaged(`end at ${entries}, more than the file can hold`);
      const places = coder.read(body, entries, alphabet, `the ${placeNoun} of ${name}`);
      const kept = new Uint8Array(sizeOf(shape));
      for (let line = 0; line < grid.lines; line++) {
        let before = -1;
        for (let entry = pointers[line] as number; entry < (pointers[line + 1] as number); entry++) {
          const place = places[entry] as number;
          if (place <= before || place >= grid.places)
            throw new ModelFileError(`The model file is damaged: the ${placeNoun} of ${name} are not in ascending order, or too large.`);
          kept[grid.index(line, place)] = 1;
          before = place;
        }
      }
      return { kind, kept };
    },

    indices({ kept }, shape) {
      const grid = gridOf(shape, kind);
      const { pointers, places } = compress(kept, grid);
      const indices = new Int32Array(places.length);
      for (let line = 0; line < grid.lines; line++)
        for (let entry = pointers[line] as number; entry < (pointers[line + 1] as number); entry++)
          indices[entry] = grid.index(line, places[entry] as number);
      return indices;
    },

    problem: (name, { kept }, shape) => keptProblem(name, kept, sizeOf(shape)),
  };
}

interface Grid {
  readonly lines: number;
  /** Elements of a line. */
  readonly places: number;
  /** Where an element is in the tensor, row by row. */
  index(line: number, place: number): number;
}

function gridOf(shape: readonly number[], kind: 'csr' | 'csc'): Grid {
  const columns = shape.at(-1) ?? 1;
  const rows = sizeOf(shape) / columns;
  if (kind === 'csr') return { lines: rows, places: columns, index: (row, column) => row * columns + column };
  return { lines: columns, places: rows, index: (column, row) => row * columns + column };
}

/** The n + 1 pointers of n lines, and the place of every entry in its line. */
function compress(kept: Uint8Array, grid: Grid): { readonly pointers: Int32Array; readonly places: Int32Array } {
  const pointers = new Int32Array(grid.lines + 1);
  const places = new Int32Array(kept.reduce((sum, mark) => sum + mark, 0));
  let entries = 0;
  for (let line = 0; line < grid.lines; line++) {
    for (let place = 0; place < grid.places; place++) if (kept[grid.index(line, place)] === 1) places[entries++] = place;
    pointers[line + 1] = entries;
  }
  return { pointers, places };
}

/** Bits that the numbers 0 … `largest` need, at least 1. */
function bitsFor(largest: number): number {
  return Math.max(1, Math.ceil(Math.log2(largest + 1)));
}

function placeBits({ places }: Grid): number {
  return bitsFor(places - 1);
}
