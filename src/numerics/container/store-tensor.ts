/** Chooses how the numbers of a tensor are written, where that is free to choose: which support, which coder. */
import { decodeEncoding } from './encoding';
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
    return smallest(
      ways.map((way) => storedAs(encoding, shape, kept, way)),
      shape,
    );
  }
  return storedAs(encoding, shape, kept, shape.length > 2 && choice.convolutions ? choice.convolutions : choice);
}

function storedAs(encoding: Encoding, shape: readonly number[], kept: Uint8Array | undefined, { support, coder }: TensorStorage): Stored {
  const sparse = kept && (support ?? (hasZeros(encoding, shape, kept) ? undefined : BITMASK));
  const written: Stored = sparse ? withSupport(encoding, kept, sparse) : { encoding };
  // Floats without positions are a list that no coder writes.
  const coded = 'codes' in encoding || (sparse && sparse.kind !== 'bitmask');
  return coder && coded ? { ...written, coder } : written;
}

const BITMASK = { kind: 'bitmask' } as const;

/** Whether pruned elements are 0 without a support. */
function hasZeros(encoding: Encoding, shape: readonly number[], kept: Uint8Array): boolean {
  return decodeEncoding(encoding, shape).every((value, i) => kept[i] === 1 || value === 0);
}

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
