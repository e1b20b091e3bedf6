/** The same model stored in every way: real files, written one after the other, and two bounds. */
import { entropy } from '../measures/histogram';
import type { LedgerPart } from '../measures/ledger';
import { withZeros } from './dense-zeros';
import { decodeTensor, writeModelFile } from './model-file';
import { type StorageChoice, storeTensor, type TensorStorage } from './store-tensor';
import type { StoredTensor } from './stored-tensor';

export interface StorageRow {
  readonly id: string;
  /** "CSR, codes of 4 bits". */
  readonly label: string;
  /** What it is, in a sentence. */
  readonly about: string;
  /** Parts of the file, which sum to `bits`. */
  readonly parts: readonly LedgerPart[];
  readonly bits: number;
  /** The file; absent for a bound. */
  readonly bytes?: Uint8Array;
}

const relative = (bits: readonly number[], coder?: 'huffman'): StorageChoice => ({
  smallestOf: bits.map((n): TensorStorage => ({ support: { kind: 'relative', bits: n }, ...(coder && { coder }) })),
});

const WAYS: readonly (Pick<StorageRow, 'id' | 'label' | 'about'> & { readonly choice: StorageChoice })[] = [
  { id: 'dense', label: 'dense', about: 'Every weight is stored, zeros included.', choice: {} },
  {
    id: 'bitmask',
    label: 'bitmask',
    about: 'One bit per weight says whether it is kept; only kept weights are stored.',
    choice: { support: { kind: 'bitmask' } },
  },
  {
    id: 'csr',
    label: 'CSR',
    about: 'Compressed sparse rows: a column for each kept weight, a pointer for each row.',
    choice: { support: { kind: 'csr' } },
  },
  {
    id: 'csc',
    label: 'CSC',
    about: 'Compressed sparse columns: a row for each kept weight, a pointer for each column.',
    choice: { support: { kind: 'csc' } },
  },
  {
    id: 'relative',
    label: 'relative index',
    about: 'The distance to the kept weight before it, in the number of bits, 2 to 8, that is best for each layer.',
    choice: relative([2, 3, 4, 5, 6, 7, 8]),
  },
  {
    id: 'huffman',
    label: 'dense, Huffman',
    about: 'Every weight is stored; frequent codes take fewer bits.',
    choice: { coder: 'huffman' },
  },
  {
    id: 'relative-huffman',
    label: 'relative index, Huffman',
    about: 'Distances and codes in Huffman code, as in Deep Compression (Han et al. 2016).',
    choice: relative([2, 3, 4, 5, 6, 8], 'huffman'),
  },
];

const ADDED = 'A layer without a code for 0 gets a level 0 in its codebook.';

/**
 * @param meta notes of the file
 * @param tensors as a file holds them, in whatever way
 * @returns float32 first, then every way to store these tensors, last the entropy bound
 */
export function compareStorages(meta: object, tensors: readonly StoredTensor[]): readonly StorageRow[] {
  const bare = tensors.map(({ name, role, shape, encoding }) => ({ name, role, shape, encoding }));
  const kept = tensors.map(keptOf);
  // Dense rows have no support, also where no code means 0.
  const dense = bare.map((tensor, i) => {
    const marks = kept[i];
    return marks ? { ...tensor, encoding: withZeros(tensor.encoding, tensor.shape, marks) } : tensor;
  });
  const added = dense.some(({ encoding }, i) => sizeOfBook(encoding) !== sizeOfBook(bare[i]?.encoding));
  const rows = WAYS.map(({ choice, ...words }): StorageRow => {
    const sparse = choice.support || choice.smallestOf;
    const stored = (sparse ? bare : dense).map((tensor, i) => ({
      ...tensor,
      ...storeTensor(tensor.encoding, tensor.shape, kept[i], choice),
    }));
    const about = !sparse && added ? `${words.about} ${ADDED}` : words.about;
    return { ...words, about, ...written(meta, stored) };
  });
  const floats = tensors.map((tensor): StoredTensor => {
    const { name, role, shape } = tensor;
    return { name, role, shape, encoding: { kind: 'float32', values: decodeTensor(tensor) } };
  });
  return [
    { id: 'float32', label: 'float32', about: 'Every weight as a float of 32 bits.', ...written(meta, floats) },
    ...rows,
    entropyRow(tensors, kept, rows.find(({ id }) => id === 'bitmask')?.parts ?? []),
  ];
}

/** Which elements are kept: what the support says, else the weights that are not 0. Undefined where all are. */
function keptOf(tensor: StoredTensor): Uint8Array | undefined {
  if (tensor.support) return tensor.support.kept;
  if (tensor.role !== 'weight') return undefined;
  const kept = Uint8Array.from(decodeTensor(tensor), (value) => (Object.is(value, 0) ? 0 : 1));
  return kept.includes(0) ? kept : undefined;
}

/** Levels that the file lists; none for other kinds than codebooks. */
function sizeOfBook(encoding: StoredTensor['encoding'] | undefined): number {
  return encoding?.kind === 'codebook' ? encoding.levels.length : 0;
}

function written(meta: object, tensors: readonly StoredTensor[]): Pick<StorageRow, 'parts' | 'bits' | 'bytes'> {
  const { bytes, ledger } = writeModelFile(meta, tensors);
  return { parts: ledger.parts, bits: ledger.totalBits, bytes };
}

/** What a perfect coder needs for codes and masks, if each is drawn by itself: n × H bits. The other parts as in a file with bitmasks. */
function entropyRow(tensors: readonly StoredTensor[], kept: readonly (Uint8Array | undefined)[], parts: readonly LedgerPart[]): StorageRow {
  const bounds = parts.map((part): LedgerPart => {
    const i = tensors.findIndex(({ name }) => name === part.tensor);
    const tensor = tensors[i];
    const bits = tensor && boundOf(part, tensor, kept[i]);
    return bits === undefined
      ? part
      : { ...part, name: `${part.tensor.replaceAll('/', ' ')} ${part.kind}, entropy`, bits: Math.ceil(bits) };
  });
  return {
    id: 'entropy',
    label: 'entropy bound',
    about: 'What an ideal arithmetic coder would need for masks and codes, without tables: Shannon’s entropy. A bound, not a file.',
    parts: bounds,
    bits: bounds.reduce((sum, part) => sum + part.bits, 0),
  };
}

function boundOf({ kind }: LedgerPart, { encoding }: StoredTensor, kept: Uint8Array | undefined): number | undefined {
  if (kind === 'masks' && kept) {
    const ones = kept.reduce((sum, mark) => sum + mark, 0);
    return kept.length * entropy([ones, kept.length - ones]);
  }
  if (kind !== 'codes' || !('codes' in encoding)) return undefined;
  const counts = codeCounts(kept ? encoding.codes.filter((_, i) => kept[i] === 1) : encoding.codes);
  return counts.reduce((sum, { count }) => sum + count, 0) * entropy(counts.map(({ count }) => count));
}

/** The distinct codes, ascending, and how often each occurs. */
export function codeCounts(codes: Int32Array): readonly { readonly code: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Array.from(counts, ([code, count]) => ({ code, count })).sort((a, b) => a.code - b.code);
}
