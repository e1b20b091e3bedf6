import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { entropy } from '../measures/histogram';
import { averageLength, canonicalCodes, canonicalOrder, codeLengths, type HuffmanTree, huffmanTree } from './huffman';
import { prefixCodeProblem, readPrefixCodes, writePrefixCodes } from './prefix-code';

/** Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms, figure 16.5 (third edition): a … f. */
const textbook = [45, 13, 12, 16, 9, 5];
const frequencies = fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }).filter((list) => list.some((n) => n > 0));

const perLength = (lengths: Uint8Array) =>
  Array.from({ length: lengths.reduce((a, b) => Math.max(a, b), 0) }, (_, i) => lengths.filter((length) => length === i + 1).length);

describe('the code of the textbook', () => {
  it('has the lengths 1, 3, 3, 3, 4, 4, and 2.24 bits on average at an entropy of 2.2199', () => {
    const lengths = codeLengths(textbook);
    expect([...lengths]).toEqual([1, 3, 3, 3, 4, 4]);
    expect(averageLength(textbook, lengths)).toBe(2.24);
    expect(entropy(textbook)).toBeCloseTo(2.2199, 4);
  });

  it('has a tree whose branches add up', () => {
    const tree = huffmanTree(textbook) as HuffmanTree;
    const leaves: number[] = [];
    const visit = (node: HuffmanTree): void => {
      if ('symbol' in node) {
        expect(node.frequency).toBe(textbook[node.symbol]);
        leaves.push(node.symbol);
        return;
      }
      expect(node.frequency).toBe(node.zero.frequency + node.one.frequency);
      visit(node.zero);
      visit(node.one);
    };
    visit(tree);
    expect(tree.frequency).toBe(100);
    expect(leaves.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('has canonical codes', () => {
    const lengths = codeLengths(textbook);
    const words = canonicalCodes(lengths).map((code, symbol) => code.toString(2).padStart(lengths[symbol] as number, '0'));
    expect(words).toEqual(['0', '100', '101', '110', '1110', '1111']);
    expect(canonicalOrder(lengths)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('writes the first bit of a code first, into the lowest bit', () => {
    const lengths = codeLengths(textbook);
    // 101 0 1110 | 0 → bits in the order of the file: 1 0 1 0 1 1 1 0 | 0
    const bytes = writePrefixCodes(Int32Array.of(2, 0, 4, 0), canonicalCodes(lengths), lengths);
    expect([...bytes]).toEqual([0b01110101, 0]);
  });
});

describe('any code', () => {
  it('is complete, less than a bit above the entropy and never below it', () => {
    fc.assert(
      fc.property(frequencies, (list) => {
        const lengths = codeLengths(list);
        expect(list.every((n, symbol) => n > 0 === (lengths[symbol] as number) > 0)).toBe(true);
        expect(prefixCodeProblem(perLength(lengths))).toBeUndefined();
        const average = averageLength(list, lengths);
        expect(average).toBeGreaterThanOrEqual(entropy(list) - 1e-9);
        if (list.filter((n) => n > 0).length > 1) expect(average).toBeLessThan(entropy(list) + 1);
      }),
    );
  });

  it('gives a more frequent symbol no longer code', () => {
    fc.assert(
      fc.property(frequencies, (list) => {
        const lengths = codeLengths(list);
        for (let a = 0; a < list.length; a++)
          for (let b = 0; b < list.length; b++)
            if ((list[a] as number) > (list[b] as number) && list[b] !== 0)
              expect(lengths[a] as number).toBeLessThanOrEqual(lengths[b] as number);
      }),
    );
  });

  it('is read back', () => {
    const text = frequencies.chain((list) => {
      const symbols = list.flatMap((n, symbol) => (n > 0 ? [symbol] : []));
      return fc.tuple(fc.constant(list), fc.array(fc.constantFrom(...symbols), { maxLength: 100 }));
    });
    fc.assert(
      fc.property(text, ([list, symbols]) => {
        const lengths = codeLengths(list);
        const bytes = writePrefixCodes(Int32Array.from(symbols), canonicalCodes(lengths), lengths);
        let next = 0;
        const read = readPrefixCodes(
          () => bytes[next++] as number,
          symbols.length,
          perLength(lengths),
          Int32Array.from(canonicalOrder(lengths)),
        );
        expect([...read]).toEqual(symbols);
        expect(next).toBe(bytes.length);
      }),
    );
  });

  it('may be as long as the Fibonacci numbers make it', () => {
    const fibonacci = [1, 1];
    while (fibonacci.length < 34) fibonacci.push((fibonacci.at(-1) as number) + (fibonacci.at(-2) as number));
    const lengths = codeLengths(fibonacci);
    expect(Math.max(...lengths)).toBe(33);
    const symbols = Int32Array.from(fibonacci, (_, symbol) => symbol);
    const bytes = writePrefixCodes(symbols, canonicalCodes(lengths), lengths);
    let next = 0;
    const order = Int32Array.from(canonicalOrder(lengths));
    expect(readPrefixCodes(() => bytes[next++] as number, symbols.length, perLength(lengths), order)).toEqual(symbols);
  });
});

test('no symbol has no tree, and a single one has a code of one bit', () => {
  expect(huffmanTree([0, 0])).toBeNull();
  expect([...codeLengths([0, 7])]).toEqual([0, 1]);
  expect(averageLength([], new Uint8Array())).toBe(0);
});

test('codes that are no prefix code are named', () => {
  expect(prefixCodeProblem([3])).toContain('more codes than');
  expect(prefixCodeProblem([0, 3])).toContain('without a meaning');
  expect(prefixCodeProblem([0, 1])).toContain('without a meaning');
  expect(prefixCodeProblem([1])).toBeUndefined();
  expect(prefixCodeProblem([1, 2])).toBeUndefined();
});

test('bits that begin no code and padding that is not 0 are refused', () => {
  expect(() => readPrefixCodes(() => 1, 1, [1], Int32Array.of(5))).toThrow(RangeError);
  expect(() => readPrefixCodes(() => 2, 1, [1], Int32Array.of(5))).toThrow('not zeros');
});
