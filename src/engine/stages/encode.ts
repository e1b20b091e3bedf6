import type { EncodeStage } from '../../experiment/stages/encode';
import type { StorageChoice, TensorStorage } from '../../numerics/container/store-tensor';
import type { StageImplementation } from './stage';

/** Says how the file is written from now on. It changes no weight. */
export const encodeStage: StageImplementation = {
  // biome-ignore lint/correctness/useYield: a stage is an async generator, and this one has nothing to report
  async *run(stage, { memory }) {
    memory.storage = storageOf(stage as EncodeStage);
    return { steps: 0, completed: true };
  },
};

/** The choice that the stage's settings describe. */
export function storageOf({ support, indexBits, convIndexBits, coder: id }: EncodeStage): StorageChoice {
  if (support === 'smallest') return { smallestOf: EVERY_WAY };
  const coder = id === 'huffman' ? { coder: id } : {};
  if (support === 'dense') return coder;
  if (support !== 'relative') return { support: { kind: support }, ...coder };
  const relative = (bits: number): TensorStorage => ({ support: { kind: 'relative', bits }, ...coder });
  return { ...relative(indexBits), convolutions: relative(convIndexBits) };
}

/** Of an index: fewer bits need many fillers, more reach farther than the distances that occur. */
const INDEX_BITS = [2, 3, 4, 5, 6, 8] as const;

const EVERY_WAY: readonly TensorStorage[] = [
  {},
  { support: { kind: 'bitmask' } } as const,
  { support: { kind: 'csr' } } as const,
  { support: { kind: 'csc' } } as const,
  ...INDEX_BITS.map((bits) => ({ support: { kind: 'relative', bits } }) as const),
].flatMap((way): TensorStorage[] => [way, { ...way, coder: 'huffman' }]);
