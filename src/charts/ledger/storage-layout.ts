import { LEDGER_KINDS, type LedgerKind, type LedgerPart } from '../../numerics/measures/ledger';
import { bytesShort, count, fixed, percent, times } from '../../numerics/measures/number-words';
import { kindLabels } from './ledger-layout';

/** One way to store a model. */
export interface StorageBar {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly parts: readonly LedgerPart[];
  readonly bits: number;
}

export interface StorageSegment {
  readonly kind: LedgerKind;
  readonly bits: number;
  /** 0 … 1 of the width, cut where the bar is. */
  readonly from: number;
  readonly to: number;
}

export interface DrawnBar {
  readonly bar: StorageBar;
  readonly segments: readonly StorageSegment[];
  /** The bar is longer than the picture is wide. */
  readonly cut: boolean;
  /** gzip mixes all parts. */
  readonly mixed: boolean;
}

/**
 * Bars on one scale. Float32 is so much longer than the others that it is cut: the scale ends a little behind the longest of the rest.
 */
export function storageBars(bars: readonly StorageBar[]): readonly DrawnBar[] {
  const scale = 1.05 * Math.max(1, ...bars.filter(({ id }) => id !== 'float32').map(({ bits }) => bits));
  return bars.map((bar) => {
    let at = 0;
    const segments = kindsOf(bar).map(({ kind, bits }): StorageSegment => {
      const from = Math.min(1, at);
      at += bits / scale;
      return { kind, bits, from, to: Math.min(1, at) };
    });
    return { bar, segments: segments.filter(({ from, to }) => to > from), cut: bar.bits > scale, mixed: bar.id.endsWith('gzip') };
  });
}

/** Bits of each kind of part, in drawing order. */
export function kindsOf({ parts }: StorageBar): readonly { readonly kind: LedgerKind; readonly bits: number }[] {
  return LEDGER_KINDS.flatMap((kind) => {
    const bits = parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.bits, 0);
    return bits > 0 ? [{ kind, bits }] : [];
  });
}

/** "CSR: 61 kB, 1.84 bits per weight, 17.4× smaller than float32. 40 % codes, 58 % indices. Compressed sparse rows: …" */
export function storageReadout(bar: StorageBar, weights: number, denseBits: number): string {
  const rate = denseBits / bar.bits;
  const size = rate >= 1 ? `${times(rate)} smaller than float32` : `${times(1 / rate)} larger than float32`;
  const shares = bar.id.endsWith('gzip')
    ? ''
    : ` ${kindsOf(bar)
        .map(({ kind, bits }) => `${percent(bits / bar.bits, 0)} ${kindLabels[kind]}`)
        .join(', ')}.`;
  return `${bar.label}: ${bytesShort(bar.bits / 8)}, ${fixed(bar.bits / weights, 2)} bits per weight, ${size}.${shares} ${bar.about}`;
}

/** The answer to "my pruned file is not smaller", from the bars themselves. */
export function storageSentence(
  bars: readonly StorageBar[],
  { weights, nonZero }: { readonly weights: number; readonly nonZero: number },
): string {
  const bitsOf = (id: string) => bars.find((bar) => bar.id === id)?.bits ?? Number.NaN;
  const size = (bits: number) => bytesShort(bits / 8);
  const zeros = 1 - nonZero / weights;
  const files = bars.filter(({ id }) => !['file', 'float32', 'entropy'].includes(id));
  const best = files.reduce((least, bar) => (bar.bits < least.bits ? bar : least), files[0] as StorageBar);
  if (zeros <= 0) return `No weight is 0, so positions cost more than they save. The smallest file is ${best.label}: ${size(best.bits)}.`;
  const dense = size(bitsOf('dense'));
  const half = `${percent(zeros)} of the weights are 0, but stored dense a 0 takes as many bits as any other weight: ${dense}.`;
  const mask = bitsOf('bitmask');
  const saved = mask < bitsOf('dense') ? `A bitmask, one bit per weight, makes it ${size(mask)}` : `A bitmask does not help: ${size(mask)}`;
  return `${half} ${saved}; the smallest is ${best.label}: ${size(best.bits)}.`;
}

export function storageTable(bars: readonly StorageBar[], weights: number): { readonly head: string[]; readonly rows: string[][] } {
  return {
    head: ['storage', 'bytes', 'bits per weight', 'largest parts'],
    rows: bars.map((bar) => [
      bar.label,
      count(Math.ceil(bar.bits / 8)),
      fixed(bar.bits / weights, 3),
      bar.id.endsWith('gzip')
        ? '–'
        : [...kindsOf(bar)]
            .sort((a, b) => b.bits - a.bits)
            .slice(0, 3)
            .map(({ kind, bits }) => `${kindLabels[kind]} ${bytesShort(bits / 8)}`)
            .join(', '),
    ]),
  };
}
