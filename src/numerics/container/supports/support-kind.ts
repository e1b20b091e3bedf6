/** What each way to say which weights are kept knows about itself. A new one is a file here and a line in registry.ts. */
import type { ByteReader } from '../byte-reader';
import type { AnyCoder } from '../coders/registry';
import type { Section } from '../section';

/**
 * @typeParam S what is in memory; every support but the dense one has `kept`, a byte for each element: 1 kept, 0 pruned. Only the codes or
 * values of kept elements are in the file.
 */
export interface SupportKind<S extends { readonly kind: string }> {
  readonly kind: S['kind'];
  /** By which the file calls it: part of the layout, never used again for another. */
  readonly number: number;

  /** The fewest bytes that it takes for a tensor of `count` elements, and the fewest entries that are then stored. */
  leastBytes(count: number): number;
  leastEntries(count: number): number;

  /** Its sections in the file, before those of the values. Positions are written as the tensor's coder writes codes. */
  write(support: S, shape: readonly number[], label: string, coder: AnyCoder): readonly Section[];
  /** @throws ModelFileError, with a sentence, for anything that `write` does not write */
  read(body: ByteReader, shape: readonly number[], name: string, coder: AnyCoder): S;

  /** The indices of the elements whose codes or values the file holds, in the order of the file; null for all of them. */
  indices(support: S, shape: readonly number[]): Int32Array | null;
  /** Why it cannot be stored, in a sentence that begins with the name. */
  problem(name: string, support: S, shape: readonly number[]): string | undefined;
}

/** What is wrong with the marks of kept elements, whatever the support. */
export function keptProblem(name: string, kept: Uint8Array, count: number): string | undefined {
  if (kept.length !== count) return `${name} has ${count} elements and marks ${kept.length} as kept or pruned.`;
  for (let i = 0; i < count; i++)
    if ((kept[i] as number) > 1) return `${name} marks an element with ${kept[i]}; 1 is kept and 0 is pruned.`;
  return undefined;
}

/** The indices of the kept elements, ascending. */
export function keptIndices(kept: Uint8Array): Int32Array {
  let count = 0;
  for (const mark of kept) count += mark;
  const indices = new Int32Array(count);
  let next = 0;
  for (let i = 0; i < kept.length; i++) if (kept[i] === 1) indices[next++] = i;
  return indices;
}
