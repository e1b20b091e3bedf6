import { stageOfStep, unroll } from '../experiment/program/unroll';
import type { Stage } from '../experiment/types/experiment';

/** Loss and accuracy of a run, as the run store has them. */
export interface Metrics {
  /** Training steps done; the arrays may be longer. */
  readonly steps: number;
  /** Per training step; NaN where nothing was reported. */
  readonly loss: Float32Array;
  readonly accuracy: Float32Array;
  /** Validations, in the order in which they were made. `stage` is the step of the run, from 0. */
  readonly evaluations: readonly { readonly stage: number; readonly step: number; readonly loss: number; readonly accuracy: number }[];
  /** Training steps done when each step of the run began; NaN for one that did not run. */
  readonly boundaries: readonly number[];
}

const LINE_END = '\r\n';

/**
 * The metrics of a run as CSV (RFC 4180), one measurement a row, in the order in which they were made: stage (its place in the
 * program, from 1), step (training steps done), split (train or validation), loss (mean cross-entropy, nats), accuracy (0 … 1), round
 * (from 1; empty outside of repeats; in a repeat inside another those of both, the outer first: "1 2"). Steps without a report are left
 * out. Numbers have a decimal point and as many digits as their float32 needs to be read back exactly.
 */
export function toCsv({ steps, loss, accuracy, evaluations, boundaries }: Metrics, program: readonly Stage[]): string {
  const rows = ['stage,step,split,loss,accuracy,round'];
  const row = (number: number, step: number, split: string, l: number, a: number) => {
    const rounds = unroll(program)[number]?.rounds ?? [];
    return [stageOfStep(program, number) + 1, step, split, shortest(l), shortest(a), rounds.join(' ')].join(',');
  };
  const waiting = evaluations.toSorted((a, b) => a.step - b.step);
  let next = 0;
  const validations = (upTo: number) => {
    for (let point = waiting[next]; point && point.step <= upTo; point = waiting[++next]) {
      rows.push(row(point.stage, point.step, 'validation', point.loss, point.accuracy));
    }
  };
  validations(0);
  for (let step = 1; step <= steps; step++) {
    const [l = Number.NaN, a = Number.NaN] = [loss[step - 1], accuracy[step - 1]];
    if (!Number.isNaN(l) || !Number.isNaN(a)) rows.push(row(runStepOf(step, boundaries), step, 'train', l, a));
    validations(step);
  }
  validations(Number.POSITIVE_INFINITY);
  return rows.join(LINE_END) + LINE_END;
}

/** The last step of the run that had begun before this training step was made; the first if none is known. */
function runStepOf(step: number, boundaries: readonly number[]): number {
  return Math.max(
    0,
    boundaries.findLastIndex((begin) => begin < step),
  );
}

/** The shortest decimal that is the same float32; empty for what is not a number. */
function shortest(value: number): string {
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const wanted = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(wanted.toPrecision(digits));
    if (Math.fround(short) === wanted) return String(short);
  }
  return String(Number(wanted.toPrecision(9)));
}
