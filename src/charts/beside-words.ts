import { count, fixed, percent, significant } from '../numerics/format';
import type { LiveSeries } from './live-series';

/** A second run in the picture of the first: the same program with one change, step by step beside it. */
export interface BesideTrace {
  readonly series: LiveSeries;
  /** What was changed, in words: "weights LSQ". */
  readonly label: string;
  /** Its first step that compresses; null if none. */
  readonly compressedFromStage: number | null;
  /** Training steps that both have in common; null before it has started. */
  readonly parting: number | null;
  /** Test accuracy of both, 0 … 1, after the last stage that both have finished, and what that is called: "stage 3, round 2 of 5". */
  readonly tests: { readonly stage: string; readonly own: number; readonly other: number } | null;
  /** Why it came to an early end; '' if it did not. */
  readonly failure: string;
  readonly onEnd: () => void;
}

const WINDOW = 100;

/** The difference between the two runs, in one or two sentences. */
export function besideSummary(
  own: Pick<LiveSeries, 'steps' | 'loss'>,
  { series, label, parting, tests, failure }: Omit<BesideTrace, 'onEnd'>,
): string {
  if (failure) return `The run beside it (${label}, dashed) failed: ${failure}`;
  if (parting === null) return `Beside it, dashed: ${label}. It starts where the two programs part.`;
  const parts: string[] = [];
  const both = Math.min(own.steps, series.steps);
  if (both > parting) {
    const from = Math.max(parting, both - WINDOW);
    const [a, b] = [mean(own.loss, from, both), mean(series.loss, from, both)];
    parts.push(
      `mean loss of steps ${count(from + 1)} to ${count(both)} is ${significant(b, 2)}, ${differing(b - a, (d) => significant(d, 2))}`,
    );
  }
  if (tests) {
    const points = (tests.other - tests.own) * 100;
    parts.push(`test accuracy after ${tests.stage} ${percent(tests.other, 2)}, ${differing(points, (d) => `${fixed(d, 2)} points`)}`);
  }
  return `Beside it, dashed: ${label}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}.`;
}

function differing(difference: number, text: (size: number) => string): string {
  if (!(difference < 0 || difference > 0)) return difference === 0 ? 'the same' : 'not comparable';
  return `${text(Math.abs(difference))} ${difference > 0 ? 'higher' : 'lower'}`;
}

function mean(values: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] as number;
  return sum / (to - from);
}
