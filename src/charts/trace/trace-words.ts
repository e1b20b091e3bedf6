import { count, fixed, percent, significant } from '../../numerics/measures/number-words';
import type { ChartTable } from '../shared/chart-frame';
import { lastBefore, valueAt } from '../shared/curve-points';
import type { GhostTrace } from './ghost-trace';
import type { StageChange, TraceStage } from './stage-places';
import { evaluationAt, type LiveSeries } from './trace-data';

/** "−58.9 points". Shares from 0 to 1. */
export function changePoints(before: number, after: number): string {
  const points = fixed((after - before) * 100, 1);
  return `${points.startsWith('−') || points === '0.0' ? '' : '+'}${points} points`;
}

/** What a stage without training did, in a sentence; '' where nothing was measured before it. */
export function changeSentence(stages: readonly TraceStage[], { stage, before, after }: StageChange): string {
  if (before === null) return '';
  const { mark = '', name = '' } = stages[stage] ?? {};
  const [from, to] = [percent(before), percent(after)];
  if (from === to || changePoints(before, after) === '0.0 points') return `${mark} ${name}: test accuracy stayed at ${to}.`;
  return `${mark} ${name}: test accuracy ${after < before ? 'fell' : 'rose'} from ${from} to ${to} (${changePoints(before, after)}).`;
}

/** Where the table says what stages did. */
export interface TableStages {
  readonly stages: readonly TraceStage[];
  /** Test accuracy after each finished step of the run, by its number. */
  readonly tests: Readonly<Record<number, number>>;
}

/** At most 60 rows: the validations, or evenly spaced steps where there are none. */
export function traceTable(
  series: LiveSeries,
  other?: LiveSeries,
  ghost: GhostTrace | null = null,
  { stages, tests }: TableStages = { stages: [], tests: {} },
): ChartTable {
  const own = series.evaluations.map((e) => e.step);
  const steps =
    own.length > 0
      ? own
      : Array.from({ length: Math.min(20, series.steps) }, (_, i, n = Math.min(20, series.steps)) =>
          Math.round(((i + 1) * series.steps) / n),
        );
  const every = Math.ceil(steps.length / 60);
  const last = new Map(series.evaluations.map(({ stage }, i) => [stage, i]));
  const ends = (i: number) => own.length > 0 && stages.length > 0 && last.get(series.evaluations[i]?.stage) === i;
  const kept = steps.map((step, i) => ({ step, i })).filter(({ i }) => i % every === 0 || i === steps.length - 1 || ends(i));
  const endOf = (stage: number): readonly string[] => {
    const { mark = '', name = '', steps: trained } = stages[stage] ?? {};
    const test = tests[stage];
    const before = Math.max(
      -1,
      ...Object.keys(tests)
        .map(Number)
        .filter((one) => one < stage),
    );
    const change = test === undefined || trained !== null ? '' : tests[before] === undefined ? '' : changePoints(tests[before], test);
    return [`${mark} ${name}`, test === undefined ? '–' : [`${fixed(test * 100, 2)} %`, change && `(${change})`].filter(Boolean).join(' ')];
  };
  return {
    head: [
      'step',
      'loss of the batch',
      'validation loss',
      'validation accuracy',
      ...(stages.length > 0 ? ['end of', 'test accuracy'] : []),
      ...(other ? ['batch loss of the other run', 'accuracy of the other run'] : []),
      ...(ghost ? ['mean loss of the baseline', 'validation accuracy of the baseline'] : []),
    ],
    rows: kept.map(({ step, i }) => {
      const evaluation = own.length > 0 ? series.evaluations[i] : evaluationAt(series.evaluations, step);
      return [
        count(step),
        lossText(series, step),
        significant(evaluation?.loss ?? Number.NaN),
        accuracyText(evaluation),
        ...(stages.length > 0 ? (ends(i) ? endOf(series.evaluations[i]?.stage ?? -1) : ['', '']) : []),
        ...(other ? [lossText(other, step), accuracyText(other.evaluations.find((e) => e.step === step))] : []),
        ...(ghost ? [significant(valueAt(ghost.loss, step) ?? Number.NaN), ghostAccuracy(ghost, step)] : []),
      ];
    }),
  };
}

function lossText({ loss, steps }: LiveSeries, step: number): string {
  return significant(step > 0 && step <= steps ? loss[step - 1]! : Number.NaN);
}

function accuracyText(evaluation: { readonly accuracy: number } | undefined): string {
  return evaluation ? `${fixed(evaluation.accuracy * 100, 2)} %` : '–';
}

function ghostAccuracy({ validation }: GhostTrace, step: number): string {
  const accuracy = lastBefore(validation, step);
  return accuracyText(accuracy === null ? undefined : { accuracy });
}

/** A second run in the picture of the first: the same program with one change, step by step beside it. */
export interface BesideTrace {
  readonly series: LiveSeries;
  /** What was changed, in words: "weights LSQ". */
  readonly label: string;
  /** What the run on the screen has there; absent where more than one value differs. */
  readonly own?: string | undefined;
  /** The steps of its run. */
  readonly stages: readonly TraceStage[];
  /** Test accuracy after each of its finished steps, 0 … 1, by number; those that both have in common too. */
  readonly measured: Readonly<Record<number, number>>;
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
  { series, label, parting, tests, failure }: Omit<BesideTrace, 'onEnd' | 'stages' | 'measured'>,
): string {
  if (failure) return `The other run (${label}, dashed) failed: ${failure}`;
  if (parting === null) return `Dashed: ${label}. It starts where the two programs differ.`;
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
  return `Dashed: ${label}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}.`;
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

/** In whole percent where that is exact for all of them. */
export function accuracyFigures(ticks: readonly number[]): string[] {
  const whole = ticks.every((t) => Math.abs(t * 100 - Math.round(t * 100)) < 1e-6);
  return ticks.map((t) => `${fixed(t * 100, whole ? 0 : 1)} %`);
}

export function isDecadeStep(value: number): boolean {
  const mantissa = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return [1, 2, 5].some((m) => Math.abs(mantissa - m) < 1e-6);
}

export function trimmed(value: number): string {
  return String(Number(value.toPrecision(6)));
}
