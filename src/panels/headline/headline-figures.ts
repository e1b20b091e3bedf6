/** The four numbers above the charts, as texts. */

import { firstCompression, stepMark, withRound } from '../../experiment/program/unroll';
import type { TestReport } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import { bitsPerWeight, compressionRate, type Ledger } from '../../numerics/measures/ledger';
import { bytesShort, fixed, percent } from '../../numerics/measures/number-words';

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

/** The last test before the first step that compresses: what the network did with all its bits. Null if there is none. */
export function floatBaseline(stages: readonly Stage[], tests: Readonly<Record<number, TestReport>>): TestReport | null {
  const first = firstCompression(stages);
  if (first === null) return null;
  const before = Object.keys(tests)
    .map(Number)
    .filter((stage) => stage < first);
  return tests[Math.max(-1, ...before)] ?? null;
}

/** What the four numbers are made from. Stages by step of the run, from 0. */
export interface Measured {
  /** Whose run it is. */
  readonly program?: readonly Stage[];
  readonly test: TestReport | null;
  /** The stage after which the test was made. */
  readonly testStage: number | null;
  /** The last test of the float model. */
  readonly baseline: TestReport | null;
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
      note: against?.bits ?? 'incl. scales and header',
    },
    smaller: {
      value: ledger ? rate(compressionRate(ledger)) : NONE,
      unit: ledger ? '×' : '',
      note: against?.smaller ?? 'than float32',
    },
    file: {
      ...splitUnit(ledger ? bytesShort(ledger.totalBits / 8) : ''),
      note: earlier ? `counted during ${withRound(program, ledgerStage ?? 0, stepMark(program, ledgerStage ?? 0))}` : (against?.file ?? ''),
    },
  };
}

function accuracyNote({ test, baseline, validation, pinned }: Measured): string {
  if (test && pinned && pinned.testAccuracy !== null) return `${signed(100 * (test.accuracy - pinned.testAccuracy), 1)} vs. baseline`;
  if (test && baseline && test !== baseline) return `${signed(100 * (test.accuracy - baseline.accuracy), 1)} vs. float32`;
  if (!test && validation !== null) return `validation ${percent(validation)}`;
  return '';
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
