import { type ByteReader, ModelFileError } from '../byte-reader';
import { sizeOf } from '../section';
import { keptIndices, keptProblem, type SupportKind } from './support-kind';

/** One bit for each element, in the order of the tensor; only kept elements are stored. */
export interface BitmaskSupport {
  readonly kind: 'bitmask';
  /** One byte for each element in memory, one bit in the file: 1 kept, 0 pruned. */
  readonly kept: Uint8Array;
}

export const bitmask: SupportKind<BitmaskSupport> = {
  kind: 'bitmask',
  number: 1,
  leastBytes: (count) => Math.ceil(count / 8),
  leastEntries: () => 0,

  write: ({ kept }, _shape, label) => [{ bytes: packedMask(kept), name: `${label} mask, 1 bit each`, kind: 'masks' }],

  read: (body, shape, name) => ({ kind: 'bitmask', kept: readMask(body, sizeOf(shape), name) }),

  indices: ({ kept }) => keptIndices(kept),
  problem: (name, { kept }, shape) => keptProblem(name, kept, sizeOf(shape)),
};

/** The first element in the lowest bit of the first byte, the last byte padded with zeros. */
function packedMask(kept: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(kept.length / 8));
  for (let i = 0; i < kept.length; i++) bytes[i >> 3] = (bytes[i >> 3] as number) | ((kept[i] as number) << (i & 7));
  return bytes;
}

function readMask(body: ByteReader, count: number, name: string): Uint8Array {
  const bytes = body.take(Math.ceil(count / 8), `the mask of ${name}`);
  if (count % 8 > 0 && (bytes.at(-1) as number) >> (count % 8) !== 0)
    throw new ModelFileError(`The model file is damaged: the mask of ${name} marks elements that do not exist.`);
  const kept = new Uint8Array(count);
  for (let i = 0; i < count; i++) kept[i] = ((bytes[i >> 3] as number) >> (i & 7)) & 1;
  return kept;
}
