/** What pruning did, in measured sentences. */

import { stepName, unroll } from '../../experiment/program/unroll';
import { compresses, prunes, restartOf, stageDefinition, storesModel, trains } from '../../experiment/stages/registry';
import type { StageSummary } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import { bytesShort, count, fixed, percent, plural, times } from '../../numerics/measures/number-words';

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
 * Of the stages that pruned, together: what they cost, what training brought back, and what became of the file; null before one has pruned.
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
    .sort((a, b) => a - b)
    .flatMap((step) => {
      const [stage, summary] = [steps[step]?.stage, summaries[step]];
      return stage && summary ? [{ step, stage, summary }] : [];
    });
  const first = done.findIndex(({ stage, summary }) => prunes(stage) && summary.kept);
  const last = done.findLastIndex(({ stage, summary }) => prunes(stage) && summary.kept);
  const pruned = done[last]?.summary;
  if (!pruned?.kept) return null;
  const before = done[first - 1]?.summary;
  const left = Object.values(pruned.kept.layers).reduce((sum, n) => sum + n, 0);
  return {
    accuracy: accuracyWords(1 - left / pruned.kept.of, before, pruned, retrained(done.slice(last + 1))),
    ...fileWords(stages, done, first, denseBits),
  };
}

/** A finished step of the run. */
interface Done {
  readonly step: number;
  readonly stage: Stage;
  readonly summary: StageSummary;
}

interface Retrained {
  readonly steps: number;
  readonly testAccuracy: number;
  /** Where the weights were set back before: to what. */
  readonly from: string | null;
}

/** The training after pruning, since the weights were last set back; undefined where there is none yet. */
function retrained(later: readonly Done[]): Retrained | undefined {
  const at = later.findLastIndex(({ stage }) => restartOf(stage));
  const trained = later.slice(at + 1).filter(({ stage }) => trains(stage));
  const [back, end] = [later[at]?.stage, trained.at(-1)];
  if (!end) return undefined;
  const steps = trained.reduce((n, { summary }) => n + summary.steps, 0);
  return { steps, testAccuracy: end.summary.testAccuracy, from: back ? startWords(back) : null };
}

function startWords(back: Stage): string {
  if (restartOf(back)?.redrawn) return 'new initial weights';
  const to = stageDefinition(back.kind).mark?.(back) ?? 0;
  return to === 0 ? 'its start' : `its weights of step ${count(to)}`;
}

function accuracyWords(gone: number, before: StageSummary | undefined, pruned: StageSummary, trained: Retrained | undefined): string {
  const now = percent(pruned.testAccuracy);
  const cut = before
    ? `After pruning ${percent(gone)} of the weights, the test accuracy ${moved(before.testAccuracy, pruned.testAccuracy)}${now}.`
    : `With ${percent(gone)} of the weights pruned, the test accuracy is ${now}.`;
  if (!trained) return cut;
  const reached = percent(trained.testAccuracy);
  const compared = before ? comparedWords((before.testAccuracy - trained.testAccuracy) * 100) : '';
  if (trained.from)
    return `${cut} Trained again from ${trained.from}, it has ${reached} after ${plural(trained.steps, 'training step')}${compared}.`;
  const more = plural(trained.steps, 'more training step');
  if (trained.testAccuracy <= pruned.testAccuracy) return `${cut} After ${more} it is ${reached}.`;
  return `${cut} ${more} brought it to ${reached}${compared}.`;
}

/** @param lost points of accuracy */
function comparedWords(lost: number): string {
  if (lost >= 0.05) return `, ${fixed(lost, 1)} points below the network before pruning`;
  return lost <= -0.05 ? `, ${fixed(-lost, 1)} points above the network before pruning` : ', as before pruning';
}

function moved(from: number, to: number): string {
  return to === from ? 'is unchanged at ' : `${to < from ? 'fell' : 'rose'} from ${percent(from)} to `;
}

/** Stores only kept weights, as far as that is smaller. */
const storesKept = (stage: Stage) => storesModel(stage) && stage.support !== 'dense';

/**
 * What pruning and the way of storing it saved: measured at the last stage that did one of both. If another stage made the file smaller
 * since the first pruning, that stage is compared with the one just before it, so that its saving is not credited with the other's.
 * @param first place of the first stage that pruned
 */
function fileWords(stages: readonly Stage[], done: readonly Done[], first: number, denseBits: number): Omit<PruningWords, 'accuracy'> {
  const at = done.findLastIndex(({ stage }) => prunes(stage) || storesModel(stage));
  const isOther = ({ stage }: Done) => compresses(stage) && !prunes(stage) && !storesModel(stage);
  const mixed = done.slice(first, at).some(isOther);
  const was = (done[mixed ? at - 1 : first - 1]?.summary.totalBits ?? denseBits) / 8;
  const bytes = (done[at]?.summary.totalBits ?? denseBits) / 8;
  const changed = done.slice(at).some(isOther);
  const offer = 1 - bytes / was < SAME && !stages.some((stage) => stage.on && storesKept(stage));
  if (1 - bytes / was >= SAME) {
    const since = mixed ? stepName(stages, done[at]?.step ?? 0) : 'pruning';
    const is = changed ? `After ${stepName(stages, done[at]?.step ?? 0)} the file was` : 'The file is';
    return { offer, file: `${is} ${times(was / bytes)} smaller than before ${since}: ${bytesShort(bytes)} instead of ${bytesShort(was)}.` };
  }
  const is = mixed || changed ? 'Pruning has not made the file smaller' : 'The file is not smaller';
  const not = `${is}${offer ? ' yet' : ''} (${bytesShort((done.at(-1)?.summary.totalBits ?? denseBits) / 8)})`;
  const stored = done.findLast(({ stage }) => storesModel(stage))?.stage;
  if (!stored) return { offer, file: `${not}: it stores a pruned weight as a 0, in as many bits as any other weight.` };
  return {
    offer,
    file: storesKept(stored)
      ? `${not}: with so many weights left, saying which ones are kept costs as much as it saves.`
      : `${not}: it stores all weights, those that are 0 too.`,
  };
}
