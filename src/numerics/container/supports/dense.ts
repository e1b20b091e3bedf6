import type { SupportKind } from './support-kind';

/** Every element is stored. A tensor without a support has this one. */
export interface DenseSupport {
  readonly kind: 'dense';
}

export const DENSE: DenseSupport = { kind: 'dense' };

export const dense: SupportKind<DenseSupport> = {
  kind: 'dense',
  number: 0,
  leastBytes: () => 0,
  leastEntries: (count) => count,
  write: () => [],
  read: () => DENSE,
  indices: () => null,
  problem: () => undefined,
};
