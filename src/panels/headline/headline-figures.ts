/** The four numbers above the charts, as texts. */

import { firstCompression, stepMark, stepName, withRound } from '../../experiment/program/unroll';
import type { StageSummary, TestReport } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import { bitsPerWeight, compressionRate, type Ledger } from '../../numerics/measures/ledger';
import { bytesShort, fixed, percent, plural } from '../../numerics/measures/number-words';

export interface Figure {
  readonly value: string;
  readonly unit: string;
  /** After the label, in the third ink. */
  readonly note: string;
  /** It belongs to an earlier stage than the figures beside it, and says so. */
  readonly earlier?: boolean;
}

export interface Figures {
  readonly accuracy: Figure;
  readonly bitsPerWeight: Figure;
  readonly smaller: Figure;
  readonly file: Figure;
}

const NONE = '–';

/** A test of the float32 model, and where in the program it was made. */
export interface FloatBaseline {
  /** The step of the run. */
  readonly stage: number;
  /** 0 … 1. */
  readonly accuracy: number;
  /** Training steps up to it. */
  readonly steps: number;
}

/** The last test before the first step that compresses: what the network did with all its bits. Null if there is none. */
export function floatBaseline(
  stages: readonly Stage[],
  tests: Readonly<Record<number, TestReport>>,
  summaries: Readonly<Record<number, Pick<StageSummary, 'steps'>>>,
): FloatBaseline | null {
  const first = firstCompression(stages);
  if (first === null) return null;
  const numbers = Object.keys(tests).map(Number);
  const stage = Math.max(-1, ...numbers.filter((number) => number < first));
  const accuracy = tests[stage]?.accuracy;
  if (accuracy === undefined) return null;
  const steps = Object.entries(summaries).reduce((sum, [number, summary]) => sum + (Number(number) <= stage ? summary.steps : 0), 0);
  return { stage, accuracy, steps };
}

/** What the four numbers are made from. Stages by step of the run, from 0. */
export interface Measured {
  /** Whose run it is. */
  readonly program?: readonly Stage[];
  readonly test: TestReport | null;
  /** The stage after which the test was made. */
  readonly testStage: number | null;
  /** The last test of the float model. */
  readonly baseline: FloatBaseline | null;
  readonly ledger: Ledger | null;
  /** The stage whose file was counted, perhaps while it runs. */
  readonly ledgerStage: number | null;
  readonly validation: number | null;
  /** The run that a person has pinned; absent if none is, or it is this one. */
  readonly pinned?: Pinned | null;
}

export interface Pinned {
  /** 0 … 1; null where it was measured on other images. */
  readonly testAccuracy: number | null;
  readonly ledger: Ledger;
}

/** Whether the file has changed since the test: then the two do not belong together. */
export function fileIsNewer({ testStage, ledgerStage }: Pick<Measured, 'testStage' | 'ledgerStage'>): boolean {
  return testStage !== null && ledgerStage !== null && ledgerStage > testStage;
}

export function figures(measured: Measured): Figures {
  const { test, testStage, ledger, ledgerStage, pinned, program = [] } = measured;
  const earlier = fileIsNewer(measured);
  const accuracy = splitUnit(test ? percent(test.accuracy) : '');
  const note = earlier ? `measured after ${withRound(program, testStage ?? 0, stepMark(program, testStage ?? 0))}` : accuracyNote(measured);
  const against = ledger && pinned ? changes(ledger, pinned.ledger) : null;
  return {
    accuracy: { ...accuracy, note, earlier },
    bitsPerWeight: {
      value: ledger ? fixed(bitsPerWeight(ledger), 1) : NONE,
      unit: '',
      note: against?.bits ?? 'including scales and header',
    },
    smaller: {
      value: ledger ? rate(compressionRate(ledger)) : NONE,
      unit: ledger ? '×' : '',
      note: against?.smaller ?? '',
    },
    file: {
      ...splitUnit(ledger ? bytesShort(ledger.totalBits / 8) : ''),
      note: earlier ? `counted during ${withRound(program, ledgerStage ?? 0, stepMark(program, ledgerStage ?? 0))}` : (against?.file ?? ''),
    },
  };
}

function accuracyNote({ test, testStage, baseline, validation, pinned, program = [] }: Measured): string {
  if (test && pinned && pinned.testAccuracy !== null) return `${difference(test.accuracy, pinned.testAccuracy)} the baseline`;
  if (test && baseline && testStage !== baseline.stage) {
    const where = [`after ${stepName(program, baseline.stage)}`, ...(baseline.steps > 0 ? [plural(baseline.steps, 'step')] : [])];
    return `${difference(test.accuracy, baseline.accuracy)} float32 ${where.join(', ')}`;
  }
  if (!test && validation !== null) return `validation ${percent(validation)}`;
  return '';
}

/** "1.7 points below", "0.5 points above", "equal to". */
function difference(accuracy: number, reference: number): string {
  const points = fixed(100 * Math.abs(accuracy - reference), 1);
  return points === '0.0' ? 'equal to' : `${points} points ${accuracy < reference ? 'below' : 'above'}`;
}

/** How the three sizes differ from those of the pinned run. */
function changes(ledger: Ledger, pinned: Ledger) {
  const ratio = (after: number, before: number) => `${signed(100 * (after / before - 1), 0)}\u00a0% vs. baseline`;
  return {
    bits: `${signed(bitsPerWeight(ledger) - bitsPerWeight(pinned), 1)} vs. baseline`,
    smaller: ratio(compressionRate(ledger), compressionRate(pinned)),
    file: ratio(ledger.totalBits, pinned.totalBits),
  };
}

/** "+0.5", "−0.5"; no change has no sign. */
function signed(change: number, digits: number): string {
  const text = fixed(change, digits);
  return text.startsWith('−') || Number(text.replaceAll(',', '')) === 0 ? text : `+${text}`;
}

function rate(times: number): string {
  return fixed(times, times < 1.5 ? 2 : times < 99.95 ? 1 : 0);
}

/** "97.6 %" into its figure and its unit. */
function splitUnit(text: string): { value: string; unit: string } {
  if (text === '') return { value: NONE, unit: '' };
  const [value = NONE, unit = ''] = text.split(/\u00a0(?=\D+$)/);
  return { value, unit };
}
