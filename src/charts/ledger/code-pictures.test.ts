import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averagesOf, type CodeRow, codeReadout, codeRows, codeSentence, treeNodes } from './huffman-layout';
import { entryReadout, indexRows, indexSentence } from './index-layout';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const textbook = Int32Array.from([45, 13, 12, 16, 9, 5].flatMap((n, code) => new Array<number>(n).fill(code)));

describe('a Huffman code', () => {
  const rows = codeRows(textbook);

  test('has a row for each number, with its word, and averages', () => {
    expect(rows.map(({ code, count, word }) => [code, count, word])).toEqual([
      [0, 45, '0'],
      [1, 13, '100'],
      [2, 12, '101'],
      [3, 16, '110'],
      [4, 9, '1110'],
      [5, 5, '1111'],
    ]);
    const { huffman, entropy } = averagesOf(rows);
    expect([huffman, entropy]).toEqual([expect.closeTo(2.24, 9), expect.closeTo(2.2199, 4)]);
    expect(plain(codeSentence(rows, 3))).toBe(
      '6 different numbers: 2.24 bits each on average with Huffman, 2.22 bits at best (entropy), 3 bits without.',
    );
    expect(plain(codeReadout(rows[0] as CodeRow, 'code'))).toBe(
      'The code 0 occurs 45 times (45.0 %). Its Huffman code is 0: 1 bit; ideal 1.15 bits.',
    );
  });

  test('is drawn as a tree: every branch has two children, and lies in the middle of them', () => {
    const lists = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(lists, (list) => {
        const own = codeRows(Int32Array.from(list));
        const nodes = treeNodes(own);
        const byWord = new Map(nodes.map((node) => [node.word, node]));
        expect(nodes.filter(({ row }) => row).length).toBe(own.length);
        for (const { word, row, x, depth } of nodes) {
          expect(depth).toBe(word.length);
          if (row || own.length === 1) continue;
          const [zero, one] = [byWord.get(`${word}0`), byWord.get(`${word}1`)];
          expect(x).toBeCloseTo(((zero?.x ?? 0) + (one?.x ?? 0)) / 2, 9);
          expect(zero?.x).toBeLessThan(one?.x ?? 0);
        }
      }),
    );
  });
});

describe('a relative index', () => {
  // Figure 2 of Han et al. 2016, as a matrix of two rows.
  const kept = Uint8Array.from({ length: 16 }, (_, i) => ([1, 4, 15].includes(i) ? 1 : 0));
  const index = indexRows(kept, [2, 8], 3);

  test('is cut into the rows of the matrix', () => {
    expect([index.rows, index.columns, index.entries, index.fillerCount]).toEqual([2, 8, 4, 1]);
    expect([...index.fillers]).toEqual([0, 1]);
    expect(index.entriesOf(0)).toEqual([
      { column: 1, gap: 2, word: '001', filler: false },
      { column: 4, gap: 3, word: '010', filler: false },
    ]);
    expect(index.entriesOf(1)).toEqual([
      { column: 4, gap: 8, word: '111', filler: true },
      { column: 7, gap: 3, word: '010', filler: false },
    ]);
  });

  test('has every entry in one row', () => {
    const cases = fc.tuple(fc.array(fc.nat(1), { minLength: 60, maxLength: 60 }), fc.integer({ min: 1, max: 6 }));
    fc.assert(
      fc.property(cases, ([marks, bits]) => {
        const own = indexRows(Uint8Array.from(marks), [6, 10], bits);
        const all = Array.from({ length: 6 }, (_, row) => own.entriesOf(row));
        expect(all.flat()).toHaveLength(own.entries);
        for (const [row, entries] of all.entries())
          expect(entries.filter(({ filler }) => !filler).map(({ column }) => column)).toEqual(
            marks.slice(row * 10, row * 10 + 10).flatMap((mark, column) => (mark ? [column] : [])),
          );
      }),
    );
  });

  test('sentences', () => {
    expect(plain(indexSentence(index, 3))).toBe(
      '4 distances of 3 bits, of which 1 lead to fillers, because the next kept weight is more than 8 places away.',
    );
    expect(entryReadout({ column: 4, gap: 8, word: '111', filler: true })).toBe(
      'Column 4: distance 8, stored as 8 − 1 = 111. A filler: no weight.',
    );
  });
});
