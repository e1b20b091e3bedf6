/** What pruning did, in measured sentences. */

import { unroll } from '../../experiment/program/unroll';
import { prunes, storesModel, trains } from '../../experiment/stages/registry';
import type { StageSummary } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import { bytesShort, fixed, percent, plural, times } from '../../numerics/measures/number-words';

export interface PruningWords {
  /** What happened to the accuracy. */
  readonly accuracy: string;
  /** What happened to the file. */
  readonly file: string;
  /** A stage that stores only what is kept would make the file smaller: it can be offered. */
  readonly offer: boolean;
}

/** A file counts as not smaller if it lacks less than this share. */
const SAME = 0.05;

/**
 * Of the last stage that pruned: what it cost, what training brought back, and what became of the file; null before one has pruned.
 * @param summaries by step of the run
 * @param denseBits of the model in float32
 */
export function pruningWords(
  stages: readonly Stage[],
  summaries: Readonly<Record<number, StageSummary>>,
  denseBits: number,
): PruningWords | null {
  const steps = unroll(stages);
  const done = Object.keys(summaries)
    .map(Number)
    .sort((a, b) => a - b);
  const at = done.findLast((step) => steps[step] && prunes(steps[step].stage) && summaries[step]?.kept);
  const pruned = at === undefined ? undefined : summaries[at];
  if (at === undefined || !pruned?.kept) return null;
  const before = summaries[done.filter((step) => step < at).at(-1) ?? -1];
  const trained = done.filter((step) => step > at && steps[step] && trains(steps[step].stage)).map((step) => summaries[step]);
  const after = summaries[done.at(-1) ?? at] ?? pruned;
  const left = Object.values(pruned.kept.layers).reduce((sum, n) => sum + n, 0);
  const stored = done.some((step) => step > at && steps[step] && storesModel(steps[step].stage));
  const smaller = 1 - after.totalBits / (before?.totalBits ?? denseBits);
  return {
    accuracy: accuracyWords(
      1 - left / pruned.kept.of,
      before,
      pruned,
      trained.at(-1),
      trained.reduce((n, one) => n + (one?.steps ?? 0), 0),
    ),
    file: fileWords(smaller, after, before, denseBits, stored),
    // Before training is over the next thing to do is to train.
    offer: smaller < SAME && !stages.some((stage) => stage.on && storesModel(stage)),
  };
}

function accuracyWords(
  gone: number,
  before: StageSummary | undefined,
  pruned: StageSummary,
  trained: StageSummary | undefined,
  steps: number,
): string {
  const now = percent(pruned.testAccuracy);
  const cut = before
    ? `After pruning ${percent(gone)} of the weights, the test accuracy ${moved(before.testAccuracy, pruned.testAccuracy)}${now}.`
    : `With ${percent(gone)} of the weights pruned, the test accuracy is ${now}.`;
  if (!trained) return cut;
  const more = `${plural(steps, 'more training step')}`;
  if (trained.testAccuracy <= pruned.testAccuracy) return `${cut} After ${more} it is ${percent(trained.testAccuracy)}.`;
  const lost = before ? (before.testAccuracy - trained.testAccuracy) * 100 : 0;
  const compared = !before
    ? ''
    : lost >= 0.05
      ? `, ${fixed(lost, 1)} points below the network before pruning`
      : lost <= -0.05
        ? `, ${fixed(-lost, 1)} points above the network before pruning`
        : ', as before pruning';
  return `${cut} ${more} brought it to ${percent(trained.testAccuracy)}${compared}.`;
}

function moved(from: number, to: number): string {
  return to === from ? 'is unchanged at ' : `${to < from ? 'fell' : 'rose'} from ${percent(from)} to `;
}

function fileWords(smaller: number, after: StageSummary, before: StageSummary | undefined, denseBits: number, stored: boolean): string {
  const size = bytesShort(after.totalBits / 8);
  if (smaller >= SAME) {
    const was = bytesShort((before?.totalBits ?? denseBits) / 8);
    return `The file is ${times((before?.totalBits ?? denseBits) / after.totalBits)} smaller than before pruning: ${size} instead of ${was}.`;
  }
  return stored
    ? `The file is not smaller (${size}): with so many weights left, saying which ones are kept costs as much as it saves.`
    : `The file is not smaller yet (${size}): it stores a pruned weight as a 0, in as many bits as any other weight.`;
}
