import type { LedgerKind } from '../../numerics/measures/ledger';

/**
 * Codes, their codebooks and code tables are stored values, and masks and indices say which values are zero; everything stored as float has
 * the float hue, paler the less it is a weight; the header means nothing.
 */
export function colourOf(kind: LedgerKind): string {
  switch (kind) {
    case 'codes':
      return 'var(--stored)';
    case 'masks':
      return 'var(--zero)';
    case 'indices':
      return 'color-mix(in oklab, var(--zero) 70%, var(--stored))';
    case 'scales':
      return 'var(--structure)';
    case 'zeroPoints':
      return 'color-mix(in oklab, var(--structure) 55%, var(--paper))';
    case 'codebook':
      return 'color-mix(in oklab, var(--stored) 55%, var(--paper))';
    case 'codeTables':
      return 'color-mix(in oklab, var(--stored) 30%, var(--paper))';
    case 'floats':
      return 'var(--latent)';
    case 'biases':
      return 'color-mix(in oklab, var(--latent) 62%, var(--paper))';
    case 'statistics':
      return 'color-mix(in oklab, var(--latent) 34%, var(--paper))';
    case 'header':
      return 'var(--overhead)';
  }
}
