/** What a layer keeps on disk: the integers or floats of the file, which elements have one, and how they are written. */

import type { AnyCoderId } from './coders/registry';
import type { AnyEncoding } from './encodings/registry';
import type { StoredRole } from './section';
import type { AnySupport } from './supports/registry';

/** float32 | uniform | codebook | basis | format, a file each in encodings/: a value or a code for each element, and what codes mean. */
export type Encoding = AnyEncoding;

/** bitmask | relative | csr | csc, in supports/: which elements are kept. The others are pruned: exactly 0. */
export type Support = AnySupport;

/** packed | huffman, a file each in coders/: how the codes of the kept elements become bytes. */
export type CoderId = AnyCoderId;

export interface StoredTensor {
  readonly name: string;
  readonly role: StoredRole;
  readonly shape: readonly number[];
  /** With a support, the code or value of a pruned element is a filler, 0, which is not in the file. `withSupport` sees to it. */
  readonly encoding: Encoding;
  /** Every element is kept if absent. Blocks of scales are those of the whole tensor all the same. */
  readonly support?: Support;
  /** 'packed' if absent. */
  readonly coder?: CoderId;
}

/** How a support is written, without its elements. */
export type WithoutKept<S> = S extends unknown ? Omit<S, 'kept'> : never;

/**
 * The encoding of a tensor of which some elements are pruned: with the code 0, or the float 0, in their places.
 * @param kept a byte for each element: 1 kept, 0 pruned
 */
export function withSupport(
  encoding: Encoding,
  kept: Uint8Array,
  support: WithoutKept<Support> = { kind: 'bitmask' },
): Pick<StoredTensor, 'encoding' | 'support'> {
  const filled = 'codes' in encoding ? { ...encoding, codes: encoding.codes.slice() } : { ...encoding, values: encoding.values.slice() };
  const numbers = 'codes' in filled ? filled.codes : filled.values;
  for (let i = 0; i < numbers.length; i++) if (kept[i] === 0) numbers[i] = 0;
  return { encoding: filled, support: { ...support, kept } };
}
