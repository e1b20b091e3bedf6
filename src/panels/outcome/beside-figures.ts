import type { RunRecord, StageSummary } from '../../experiment/types/events';
import { bitsPerWeight, compressionRate, type Ledger } from '../../numerics/measures/ledger';
import { bytesShort, fixed, percent } from '../../numerics/measures/number-words';

/** What the four numbers of a run are made from. */
export interface Answer {
  /** Of the test images, 0 … 1. */
  readonly accuracy: number;
  readonly ledger: Pick<Ledger, 'totalBits' | 'weights' | 'denseBits'>;
}

export interface FigureRow {
  readonly label: string;
  readonly own: string;
  readonly other: string;
  /** The other less this one, with its sign. */
  readonly difference: string;
}

const NONE = '–';

/** The four numbers of both runs, and what the other has more or less; dashes for a run without any. */
export function besideRows(own: Answer | null, other: Answer | null): readonly FigureRow[] {
  const row = (label: string, value: (answer: Answer) => number, text: (value: number) => string, more = text): FigureRow => {
    const [a, b] = [own && value(own), other && value(other)];
    return {
      label,
      own: a === null ? NONE : text(a),
      other: b === null ? NONE : text(b),
      difference: a === null || b === null ? NONE : withSign(b - a, more),
    };
  };
  return [
    row(
      'test accuracy',
      ({ accuracy }) => accuracy,
      (share) => percent(share, 2),
      (share) => `${fixed(100 * share, 2)} points`,
    ),
    row(
      'bits per weight',
      ({ ledger }) => bitsPerWeight(ledger as Ledger),
      (bits) => fixed(bits, 2),
    ),
    row(
      '× smaller than float32',
      ({ ledger }) => compressionRate(ledger as Ledger),
      (times) => fixed(times, 2),
    ),
    row('file', ({ ledger }) => ledger.totalBits / 8, bytesShort),
  ];
}

function withSign(difference: number, text: (size: number) => string): string {
  const size = text(Math.abs(difference));
  if (!/[1-9]/.test(size)) return 'the same';
  return `${difference < 0 ? '−' : '+'}${size}`;
}

/** The result of a run at its end. */
export function finalAnswer(record: RunRecord | null): Answer | null {
  return record && { accuracy: record.testAccuracy, ledger: record.ledger };
}

/** The result after a finished stage, of a network with these weights. */
export function stageAnswer(summary: StageSummary | undefined, ledger: Ledger | null): Answer | null {
  return summary && ledger
    ? {
        accuracy: summary.testAccuracy,
        ledger: { totalBits: summary.totalBits, weights: ledger.weights, denseBits: ledger.denseBits },
      }
    : null;
}
