/** Chooses how the numbers of a tensor are written, where that is free to choose: which support, which coder. */
import { hasZeros } from './dense-zeros';
import { pushEntry } from './model-file-entry';
import { payloadOf } from './model-file-payload';
import { type CoderId, type Encoding, type StoredTensor, type Support, type WithoutKept, withSupport } from './stored-tensor';

/** One way to write a tensor. */
export interface TensorStorage {
  /** For tensors with pruned elements, a support without its elements. Absent: dense, but with a bitmask where no code means 0. */
  readonly support?: WithoutKept<Support>;
  /** For codes, and for the positions of a support. Absent: packed. */
  readonly coder?: CoderId;
}

/** How the tensors of a file are written. */
export interface StorageChoice extends TensorStorage {
  /** In place of the above for tensors of more than two dimensions: the kernels of convolutions. */
  readonly convolutions?: TensorStorage;
  /** In place of all of the above: each tensor is written in every one of these ways, and the smallest is used. */
  readonly smallestOf?: readonly TensorStorage[];
}

type Stored = Pick<StoredTensor, 'encoding' | 'support' | 'coder'>;

/**
 * A tensor as it is written.
 * @param kept a byte for each element, 1 kept and 0 pruned; absent where nothing is pruned
 */
export function storeTensor(encoding: Encoding, shape: readonly number[], kept?: Uint8Array, choice: StorageChoice = {}): Stored {
  if (choice.smallestOf) {
    // Where nothing is pruned, supports make no difference.
    const ways = kept ? choice.smallestOf : choice.smallestOf.filter(({ support }) => !support);
    return smallest(ways.map(storer(encoding, shape, kept)), shape);
  }
  return storer(encoding, shape, kept)(shape.length > 2 && choice.convolutions ? choice.convolutions : choice);
}

/** Writes one tensor in several ways: what they share is made once. */
function storer(encoding: Encoding, shape: readonly number[], kept: Uint8Array | undefined): (way: TensorStorage) => Stored {
  let filled: Encoding | undefined;
  let zeros: boolean | undefined;
  return ({ support, coder }) => {
    if (!kept) return storedAs({ encoding }, coder);
    if (!support) zeros ??= hasZeros(encoding, shape, kept);
    if (!support && zeros) return storedAs({ encoding }, coder);
    filled ??= withSupport(encoding, kept).encoding;
    return storedAs({ encoding: filled, support: { ...(support ?? BITMASK), kept } }, coder);
  };
}

function storedAs(written: Stored, coder: CoderId | undefined): Stored {
  // Floats without positions are a list that no coder writes.
  const coded = 'codes' in written.encoding || (written.support && written.support.kind !== 'bitmask');
  return coder && coded ? { ...written, coder } : written;
}

const BITMASK = { kind: 'bitmask' } as const;

/** The first of those with the fewest bytes. */
function smallest(ways: readonly Stored[], shape: readonly number[]): Stored {
  const sizes = ways.map((way) => storedBytes({ name: '', role: 'weight', shape, ...way }));
  return ways[sizes.indexOf(Math.min(...sizes))] as Stored;
}

/** Bytes that a tensor takes in the file, with its description in the head. */
export function storedBytes(tensor: StoredTensor): number {
  const head: number[] = [];
  pushEntry(head, tensor);
  return payloadOf(tensor).reduce((sum, { bytes }) => sum + bytes.length, head.length);
}
