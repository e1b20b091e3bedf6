/** The kinds of values that a tensor can be stored as, a line each. */
import { basis } from './basis';
import { codebook } from './codebook';
import type { EncodingHead, EncodingKind } from './encoding-kind';
import { float32 } from './float32';
import { format } from './format';
import { uniform } from './uniform';

const encodings = [float32, uniform, codebook, basis, format] as const;

/** What any of them holds in memory. */
export type AnyEncoding = ReturnType<(typeof encodings)[number]['read']>;

export type AnyEncodingKind = EncodingKind<AnyEncoding, EncodingHead>;

const kinds: readonly AnyEncodingKind[] = encodings;

/** @throws RangeError if there is no such kind */
export function encodingKind({ kind }: AnyEncoding): AnyEncodingKind {
  const found = kinds.find((entry) => entry.kind === kind);
  if (!found) throw new RangeError(`There is no encoding "${kind}".`);
  return found;
}

/** The kind that the file calls by this number. */
export function encodingNumbered(number: number): AnyEncodingKind | undefined {
  return kinds.find(({ numbers }) => numbers.includes(number));
}
