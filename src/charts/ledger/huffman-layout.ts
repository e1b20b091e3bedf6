import { canonicalCodes, codeLengths } from '../../numerics/coding/huffman';
import { codeCounts } from '../../numerics/container/compare-storages';
import { count, fixed, percent, plural } from '../../numerics/measures/number-words';

/** A number that occurs, with its Huffman code. */
export interface CodeRow {
  readonly code: number;
  readonly count: number;
  /** 0 … 1. */
  readonly share: number;
  /** The code's bits, first to last. */
  readonly word: string;
  /** −log₂ of the share: what an ideal coder would spend. */
  readonly ideal: number;
}

/** The distinct numbers of the list with their codes, ascending. */
export function codeRows(list: Int32Array): readonly CodeRow[] {
  const counts = codeCounts(list);
  const lengths = codeLengths(counts.map((entry) => entry.count));
  const codes = canonicalCodes(lengths);
  return counts.map(({ code, count: n }, i) => ({
    code,
    count: n,
    share: n / list.length,
    word: (codes[i] as number).toString(2).padStart(lengths[i] as number, '0'),
    ideal: Math.log2(list.length / n),
  }));
}

export interface CodeAverages {
  /** Bits per number with the Huffman code. */
  readonly huffman: number;
  /** Shannon's entropy. */
  readonly entropy: number;
}

export function averagesOf(rows: readonly CodeRow[]): CodeAverages {
  return {
    huffman: rows.reduce((sum, { share, word }) => sum + share * word.length, 0),
    entropy: rows.reduce((sum, { share, ideal }) => sum + share * ideal, 0),
  };
}

export interface TreeNode {
  /** The bits on the way from the root. */
  readonly word: string;
  /** In leaves from the left, 0 for the first. */
  readonly x: number;
  readonly depth: number;
  /** Null for a node with branches. */
  readonly row: CodeRow | null;
}

/** The tree of the code: leaves in the order of their words, a branch in the middle of its two children. */
export function treeNodes(rows: readonly CodeRow[]): readonly TreeNode[] {
  const leaves = [...rows].sort((a, b) => (a.word < b.word ? -1 : 1));
  const nodes = new Map<string, TreeNode>(leaves.map((row, x) => [row.word, { word: row.word, x, depth: row.word.length, row }]));
  const prefixes = new Set(leaves.flatMap(({ word }) => Array.from(word, (_, length) => word.slice(0, length))));
  for (const word of [...prefixes].sort((a, b) => b.length - a.length)) {
    const children = [nodes.get(`${word}0`), nodes.get(`${word}1`)].filter((node) => node !== undefined);
    nodes.set(word, { word, x: children.reduce((sum, { x }) => sum + x, 0) / children.length, depth: word.length, row: null });
  }
  return [...nodes.values()];
}

/** "The code 3 occurs 1,204 times (12 %): 0110, 4 bits; ideal 3.06 bits." */
export function codeReadout({ code, count: n, share, word, ideal }: CodeRow, noun: string): string {
  return `The ${noun} ${codeText(code)} occurs ${plural(n, 'time')} (${percent(share)}). Its Huffman code is ${word}: ${plural(word.length, 'bit')}; ideal ${fixed(ideal, 2)} bits.`;
}

export function codeSentence(rows: readonly CodeRow[], bits: number): string {
  const { huffman, entropy } = averagesOf(rows);
  return `${plural(rows.length, 'different number')}: ${fixed(huffman, 2)} bits each on average with Huffman, ${fixed(entropy, 2)} bits at best (entropy), ${bits} bits without.`;
}

export function codeText(code: number): string {
  return count(code);
}
