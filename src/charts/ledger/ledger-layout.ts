import { LEDGER_KINDS, type Ledger, type LedgerKind, type LedgerPart } from '../../numerics/measures/ledger';
import { bits, count, percent, times } from '../../numerics/measures/number-words';

/** The order in which kinds are drawn and listed: what a quantizer makes first, what it leaves next, overheads last. */
const order: readonly LedgerKind[] = LEDGER_KINDS;

export const kindLabels: Readonly<Record<LedgerKind, string>> = {
  codes: 'codes',
  masks: 'masks',
  indices: 'indices',
  scales: 'scales',
  zeroPoints: 'zero points',
  codebook: 'codebooks',
  codeTables: 'code tables',
  floats: 'weights, float32',
  biases: 'biases',
  statistics: 'statistics',
  header: 'header',
};

export interface LedgerGroup {
  readonly kind: LedgerKind;
  readonly label: string;
  readonly bits: number;
  /** Share of the whole file. */
  readonly share: number;
}

/** The parts in drawing order, those of one kind together. */
export function orderedParts(ledger: Ledger): readonly LedgerPart[] {
  return order.flatMap((kind) => ledger.parts.filter((part) => part.kind === kind && part.bits > 0));
}

/** Bits by kind, in drawing order, kinds without bits left out. */
export function ledgerGroups(ledger: Ledger): readonly LedgerGroup[] {
  return order.flatMap((kind) => {
    const parts = ledger.parts.filter((part) => part.kind === kind);
    const total = parts.reduce((sum, part) => sum + part.bits, 0);
    return total === 0 ? [] : [{ kind, label: kindLabels[kind], bits: total, share: total / ledger.totalBits }];
  });
}

export interface Segment {
  readonly part: LedgerPart;
  /** 0 … 1 of the width. */
  readonly from: number;
  readonly to: number;
}

/** The parts side by side on a bar of width 1. */
export function segments(ledger: Ledger): readonly Segment[] {
  let at = 0;
  return orderedParts(ledger).map((part) => {
    const from = at;
    at += part.bits / ledger.totalBits;
    return { part, from, to: at };
  });
}

export function ledgerSummary(ledger: Ledger): string {
  return `${bits(ledger.totalBits)} = ${count(ledger.totalBits / 8)} bytes, ${comparison(ledger)} than float32 dense with ${bits(ledger.denseBits)}.`;
}

/** "8.0× smaller", "2.0× larger"; near one in per cent. */
export function comparison({ denseBits, totalBits }: Ledger): string {
  const rate = denseBits / totalBits;
  const word = rate >= 1 ? 'smaller' : 'larger';
  const factor = Math.max(rate, 1 / rate);
  return `${factor < 1.05 ? percent(factor - 1) : times(factor)} ${word}`;
}

export function partReadout(part: LedgerPart, ledger: Ledger): string {
  return `${part.name} · ${bits(part.bits)} = ${count(part.bits / 8)} bytes · ${percent(part.bits / ledger.totalBits)} of the file`;
}
