import { count, percent, plural } from '../../numerics/measures/number-words';

/** A confusion matrix: classes × classes counts, row = true class, column = predicted. */
export interface Confusion {
  readonly counts: ArrayLike<number>;
  readonly classes: readonly string[];
}

export interface ClassRow {
  readonly total: number;
  readonly right: number;
  /** 0 … 1; NaN for a class without images. */
  readonly accuracy: number;
}

export function cell({ counts, classes }: Confusion, truth: number, predicted: number): number {
  return counts[truth * classes.length + predicted] ?? 0;
}

export function classRow(confusion: Confusion, truth: number): ClassRow {
  const total = confusion.classes.reduce((sum, _, predicted) => sum + cell(confusion, truth, predicted), 0);
  const right = cell(confusion, truth, truth);
  return { total, right, accuracy: total > 0 ? right / total : Number.NaN };
}

/** The largest count off the diagonal. */
export function largestError(confusion: Confusion): number {
  let largest = 0;
  confusion.classes.forEach((_, t) => {
    confusion.classes.forEach((__, p) => {
      if (t !== p) largest = Math.max(largest, cell(confusion, t, p));
    });
  });
  return largest;
}

/**
 * Strength of an error's colour, 0 … 1. The square root keeps single errors visible beside common ones; the step in the middle leaves out
 * the greys on which neither dark nor light figures have a contrast of 4.5 : 1.
 */
export function heat(errors: number, largest: number): number {
  const share = largest > 0 ? Math.sqrt(errors / largest) : 0;
  return share <= 0.5 ? 0.76 * share : 1 - 0.84 * (1 - share);
}

/** Text that fits a small cell: 980, 1.1k. */
export function shortCount(n: number): string {
  return n < 1000 ? String(n) : `${(n / 1000).toFixed(n < 9950 ? 1 : 0)}k`;
}

export function confusionSummary(confusion: Confusion): string {
  const { classes } = confusion;
  let [total, right, worst] = [0, 0, { truth: 0, predicted: 0, errors: 0 }];
  classes.forEach((_, truth) => {
    const row = classRow(confusion, truth);
    total += row.total;
    right += row.right;
    classes.forEach((__, predicted) => {
      const errors = cell(confusion, truth, predicted);
      if (truth !== predicted && errors > worst.errors) worst = { truth, predicted, errors };
    });
  });
  const head = `${count(right)} of ${plural(total, 'image')} right`;
  if (worst.errors === 0) return `${head}.`;
  return `${head}; the most frequent error is ${classes[worst.truth]} predicted as ${classes[worst.predicted]}, ${plural(worst.errors, 'time')}.`;
}

export function cellReadout(confusion: Confusion, truth: number, predicted: number): string {
  const { classes } = confusion;
  const n = cell(confusion, truth, predicted);
  const { total } = classRow(confusion, truth);
  const share = total > 0 ? ` (${percent(n / total)})` : '';
  return truth === predicted
    ? `${classes[truth]}: ${count(n)} of ${plural(total, 'image')} right${share}`
    : `${classes[truth]} taken for ${classes[predicted]}: ${count(n)} of ${plural(total, 'image')}${share}`;
}

/** The cell after an arrow key, inside the matrix; undefined if the key means nothing here. */
export function movedCell(key: string, at: readonly [number, number], classes: number): readonly [number, number] | undefined {
  const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -classes], End: [0, classes] }[key];
  if (!move) return undefined;
  const clamp = (i: number) => Math.max(0, Math.min(classes - 1, i));
  return [clamp(at[0] + move[0]!), clamp(at[1] + move[1]!)];
}
