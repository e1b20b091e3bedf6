/** The ways to say which elements of a tensor are kept, a line each. */
import { bitmask } from './bitmask';
import { csc, csr } from './compressed-sparse';
import { DENSE, type DenseSupport, dense } from './dense';
import { relative } from './relative';
import type { SupportKind } from './support-kind';

const supports = [dense, bitmask, relative, csr, csc] as const;

type EverySupport = ReturnType<(typeof supports)[number]['read']>;

/** Supports that leave elements out. */
export type AnySupport = Exclude<EverySupport, DenseSupport>;

export type AnySupportKind = SupportKind<EverySupport>;

const kinds: readonly AnySupportKind[] = supports;

/** A support with what is known about its kind; the dense one if there is none. @throws RangeError if there is no such kind */
export function supportKind(support: EverySupport = DENSE): { readonly kind: AnySupportKind; readonly support: EverySupport } {
  const kind = kinds.find((entry) => entry.kind === support.kind);
  if (!kind) throw new RangeError(`There is no support "${support.kind}".`);
  return { kind, support };
}

/** The support that the file calls by this number. */
export function supportNumbered(number: number): AnySupportKind | undefined {
  return kinds.find((entry) => entry.number === number);
}
