/** The four numbers above the charts, as texts. */
import type { TestReport } from '../../experiment/events';
import type { Stage } from '../../experiment/types';
import { bytesShort, circled, fixed, percent } from '../../numerics/format';
import { bitsPerWeight, compressionRate, type Ledger } from '../../numerics/ledger';

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

/** The last test before the first quantize stage: what the network did with all its bits. Null if there is none. */
export function floatBaseline(stages: readonly Stage[], tests: Readonly<Record<number, TestReport>>): TestReport | null {
  const first = stages.findIndex((stage) => stage.on && stage.kind === 'quantize');
  if (first < 0) return null;
  const before = Object.keys(tests)
    .map(Number)
    .filter((stage) => stage < first);
  return tests[Math.max(-1, ...before)] ?? null;
}

/** What the four numbers are made from. Stages by index, from 0. */
export interface Measured {
  readonly test: TestReport | null;
  /** The stage after which the test was made. */
  readonly testStage: number | null;
  /** The last test of the float model. */
  readonly baseline: TestReport | null;
  readonly ledger: Ledger | null;
  /** The stage whose file was counted, perhaps while it runs. */
  readonly ledgerStage: number | null;
  readonly validation: number | null;
}

/** Whether the file has changed since the test: then the two do not belong together. */
export function fileIsNewer({ testStage, ledgerStage }: Pick<Measured, 'testStage' | 'ledgerStage'>): boolean {
  return testStage !== null && ledgerStage !== null && ledgerStage > testStage;
}

export function figures(measured: Measured): Figures {
  const { test, testStage, baseline, ledger, ledgerStage, validation } = measured;
  const earlier = fileIsNewer(measured);
  const accuracy = splitUnit(test ? percent(test.accuracy) : '');
  const note = earlier ? `measured after ${circled((testStage ?? 0) + 1)}` : accuracyNote(test, baseline, validation);
  return {
    accuracy: { ...accuracy, note, earlier },
    bitsPerWeight: { value: ledger ? fixed(bitsPerWeight(ledger), 1) : NONE, unit: '', note: 'whole file counted' },
    smaller: { value: ledger ? rate(compressionRate(ledger)) : NONE, unit: ledger ? '×' : '', note: 'than float32' },
    file: {
      ...splitUnit(ledger ? bytesShort(ledger.totalBits / 8) : ''),
      note: earlier ? `counted during ${circled((ledgerStage ?? 0) + 1)}` : '',
    },
  };
}

function accuracyNote(test: TestReport | null, baseline: TestReport | null, validation: number | null): string {
  if (test && baseline && test !== baseline) {
    const change = fixed(100 * (test.accuracy - baseline.accuracy), 1);
    return `${change.startsWith('−') || change === '0.0' ? change : `+${change}`} against float`;
  }
  if (!test && validation !== null) return `validation ${percent(validation)}`;
  return '';
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
