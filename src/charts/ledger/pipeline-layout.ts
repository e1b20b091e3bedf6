import type { Ledger } from '../../numerics/measures/ledger';
import { bytesShort, count, percent, times } from '../../numerics/measures/number-words';
import { ledgerGroups } from './ledger-layout';

/** A finished step of a program, as the pipeline draws it. */
export interface PipelineStep {
  /** Number of the step of the run. */
  readonly step: number;
  /** Of its stage: "②". */
  readonly mark: string;
  /** "Prune", "Prune, round 2 of 5". */
  readonly name: string;
  /** What it does: "90 % of the weights, magnitude, per layer". */
  readonly words: string;
  /** Test accuracy after it, 0 … 1; null before it is measured. */
  readonly accuracy: number | null;
  /** The model file after it; null before it is there. */
  readonly ledger: Ledger | null;
}

/** Height of a step's bar, 0 … 1 of the tallest: bytes on a linear scale, so that twice the height is twice the file. */
export function barHeight({ ledger }: PipelineStep, steps: readonly PipelineStep[]): number {
  const most = Math.max(1, ...steps.map((step) => step.ledger?.totalBits ?? 0));
  return (ledger?.totalBits ?? 0) / most;
}

/** "97.9 kB · 10.9× smaller", "1.07 MB · as float32". */
export function sizeWords({ denseBits, totalBits }: Ledger): string {
  const rate = denseBits / totalBits;
  const compared = Math.abs(rate - 1) < 0.01 ? 'as float32' : `${times(rate)} smaller`;
  return `${bytesShort(totalBits / 8)} · ${compared}`;
}

/** What became of the file in this step: "−91.0 %", "no change"; '' for the first. */
export function changeWords(step: PipelineStep, before: PipelineStep | undefined): string {
  if (!step.ledger || !before?.ledger) return '';
  const ratio = step.ledger.totalBits / before.ledger.totalBits;
  if (step.ledger.totalBits === before.ledger.totalBits) return 'file unchanged';
  const share = percent(Math.abs(ratio - 1));
  return ratio < 1 ? `file ${share} smaller` : `file ${share} larger`;
}

/** The step in one sentence, for readers. */
export function stepSentence(step: PipelineStep): string {
  const { mark, name, words, accuracy, ledger } = step;
  if (!ledger || accuracy === null) return `${mark} ${name}: ${words}. Not run yet.`;
  const parts = ledgerGroups(ledger)
    .map(({ label, share }) => `${label} ${percent(share)}`)
    .join(', ');
  return `${mark} ${name}: ${words}. ${count(ledger.totalBits / 8)} bytes, ${times(ledger.denseBits / ledger.totalBits)} smaller, test accuracy ${percent(accuracy, 2)}. The file: ${parts}.`;
}
