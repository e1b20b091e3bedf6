/** The numbers of a tensor in a model file; the layout is in model-file.ts. */

import { type Granularity, scaleGrid } from '../scales/scale-grid';
import { type ByteReader, ModelFileError } from './byte-reader';
import { coderOf } from './coders/registry';
import { tensorProblem } from './encoding';
import { encodingKind } from './encodings/registry';
import type { Entry } from './model-file-entry';
import type { Section } from './section';
import { sizeOf } from './section';
import type { StoredTensor } from './stored-tensor';
import { supportKind } from './supports/registry';

/** What a tensor takes in the file, in order. @throws RangeError for a code that does not fit */
export function payloadOf({ name, role, shape, encoding, support, coder }: StoredTensor): readonly Section[] {
  const label = name.replaceAll('/', ' ');
  const { kind, support: used } = supportKind(support);
  const indices = kind.indices(used, shape);
  const codesAs = coderOf(coder);
  const values = encodingKind(encoding).write(encoding, {
    label,
    role,
    codes: (codes, bits, sign) =>
      codesAs.write(gather(codes, indices, Int32Array), { bits, sign }, { label, noun: 'codes', kind: 'codes' }),
    entries: (all) => gather(all, indices, Float32Array),
  });
  return [...kind.write(used, shape, label, codesAs), ...values];
}

/** @throws ModelFileError if what is there cannot be the payload of this entry */
export function readPayload(body: ByteReader, entry: Entry): StoredTensor {
  const { name, role, shape, head, coder } = entry;
  const count = sizeOf(shape);
  const support = entry.support.read(body, shape, name, coder);
  const indices = entry.support.indices(support, shape);
  const stored = indices ? indices.length : count;
  const encoding = entry.encoding.read(body, head, {
    name,
    blocks: blocksOf(name, shape, head.granularity),
    codes: (bits, sign) => spread(coder.read(body, stored, { bits, sign }, name), indices, count, Int32Array),
    values: () => spread(body.float32(stored, name), indices, count, Float32Array),
  });
  const tensor: StoredTensor = {
    name,
    role,
    shape,
    encoding,
    ...(support.kind !== 'dense' && { support }),
    ...(coder.id !== coderOf().id && { coder: coder.id }),
  };
  const problem = tensorProblem(tensor);
  if (problem) throw new ModelFileError(`The model file is damaged: ${problem}`);
  return tensor;
}

/** The entries at these positions; all of them if null. */
function gather<T extends Int32Array | Float32Array>(all: T, indices: Int32Array | null, List: new (length: number) => T): T {
  if (!indices) return all;
  const stored = new List(indices.length);
  for (let i = 0; i < indices.length; i++) stored[i] = all[indices[i] as number] as number;
  return stored;
}

/** The stored entries at their positions among zeros. */
function spread<T extends Int32Array | Float32Array>(
  stored: T,
  indices: Int32Array | null,
  count: number,
  List: new (length: number) => T,
): T {
  if (!indices) return stored;
  const all = new List(count);
  for (let i = 0; i < indices.length; i++) all[indices[i] as number] = stored[i] as number;
  return all;
}

function blocksOf(name: string, shape: readonly number[], granularity: Granularity): number {
  try {
    return scaleGrid(shape, granularity).scales;
  } catch (error) {
    throw new ModelFileError(`The model file is damaged: ${name} cannot be cut into blocks: ${(error as Error).message}`);
  }
}
