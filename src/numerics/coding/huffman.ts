/**
 * Huffman codes: frequent symbols get short codes, and no code begins with another, so the bits need no separators (Huffman 1952, "A method
 * for the construction of minimum-redundancy codes"). No code of whole bits per symbol is shorter on average; it is less than one bit above
 * the entropy.
 */

/** A symbol, or two smaller trees. `frequency`: how often its symbols occur. */
export type HuffmanTree = HuffmanLeaf | HuffmanBranch;

export interface HuffmanLeaf {
  readonly frequency: number;
  readonly symbol: number;
}

export interface HuffmanBranch {
  readonly frequency: number;
  /** Codes that go on with a 0. */
  readonly zero: HuffmanTree;
  /** Codes that go on with a 1. */
  readonly one: HuffmanTree;
}

/**
 * The tree: the two rarest trees are joined until one is left. Of equally rare ones those with fewer symbols come first, then those with
 * smaller symbols, so that the same frequencies always give the same tree, and its longest code is as short as it can be.
 * @param frequencies of the symbols 0, 1, …; symbols that do not occur get no code
 * @returns null if no symbol occurs
 */
export function huffmanTree(frequencies: ArrayLike<number>): HuffmanTree | null {
  const leaves = Array.from(frequencies, (frequency, symbol): HuffmanLeaf => ({ frequency, symbol }))
    .filter(({ frequency }) => frequency > 0)
    .sort((a, b) => a.frequency - b.frequency || a.symbol - b.symbol);
  // Joined trees are made in ascending order, so two queues always have the rarest tree at one of their fronts.
  const joined: HuffmanBranch[] = [];
  let nextLeaf = 0;
  let nextJoined = 0;
  const rarest = (): HuffmanTree => {
    const [leaf, branch] = [leaves[nextLeaf], joined[nextJoined]];
    if (leaf && (!branch || leaf.frequency <= branch.frequency)) {
      nextLeaf++;
      return leaf;
    }
    nextJoined++;
    return branch as HuffmanBranch;
  };
  if (leaves.length === 0) return null;
  for (let i = 1; i < leaves.length; i++) {
    const [zero, one] = [rarest(), rarest()];
    joined.push({ frequency: zero.frequency + one.frequency, zero, one });
  }
  return rarest();
}

/**
 * The length of each symbol's code in bits: its depth in the tree; 0 for symbols that do not occur. A single symbol has the length 1.
 * @param frequencies of the symbols 0, 1, …
 */
export function codeLengths(frequencies: ArrayLike<number>): Uint8Array {
  const lengths = new Uint8Array(frequencies.length);
  const visit = (tree: HuffmanTree, depth: number): void => {
    if ('symbol' in tree) lengths[tree.symbol] = Math.max(1, depth);
    else {
      visit(tree.zero, depth + 1);
      visit(tree.one, depth + 1);
    }
  };
  const tree = huffmanTree(frequencies);
  if (tree) visit(tree, 0);
  return lengths;
}

/**
 * Canonical codes: numbers that are given out in ascending order to symbols sorted by length, then by symbol. They depend on the lengths
 * alone, so a file stores lengths and no codes (Schwartz and Kallick 1964).
 * @param lengths of the symbols 0, 1, …
 * @returns a code for each symbol, to be read from its most significant of `length` bits; 0 for those without one
 */
export function canonicalCodes(lengths: Uint8Array): number[] {
  const codes = new Array<number>(lengths.length).fill(0);
  let code = 0;
  let length = 0;
  for (const symbol of canonicalOrder(lengths)) {
    // Not a shift: the longest codes have more than 31 bits.
    code *= 2 ** ((lengths[symbol] as number) - length);
    length = lengths[symbol] as number;
    codes[symbol] = code++;
  }
  return codes;
}

/** The symbols that have a code, by length, then by symbol. */
export function canonicalOrder(lengths: Uint8Array): readonly number[] {
  const symbols = Array.from(lengths, (_, symbol) => symbol).filter((symbol) => lengths[symbol] !== 0);
  return symbols.sort((a, b) => (lengths[a] as number) - (lengths[b] as number) || a - b);
}

/** Bits per symbol: Σ frequency × length / Σ frequency. 0 if no symbol occurs. */
export function averageLength(frequencies: ArrayLike<number>, lengths: Uint8Array): number {
  let bits = 0;
  let symbols = 0;
  for (let i = 0; i < frequencies.length; i++) {
    bits += (frequencies[i] as number) * (lengths[i] as number);
    symbols += frequencies[i] as number;
  }
  return symbols === 0 ? 0 : bits / symbols;
}
