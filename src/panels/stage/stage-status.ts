import { isRepeat, stageEnds } from '../../experiment/program/tree';
import { roundName, stepsOfStage, unroll } from '../../experiment/program/unroll';
import type { Stage } from '../../experiment/types/experiment';
import { count, percent } from '../../numerics/measures/number-words';
import type { RunState } from '../../state/run/run-state';

export interface StageStatus {
  readonly kind: 'off' | 'waiting' | 'running' | 'done';
  /** Share of the stage that is done, 0 … 1; in a repeat of the round that runs. */
  readonly share: number;
  /** In words, for the card. */
  readonly text: string;
  /** Test accuracy in percent after its last step, or its last round so far. */
  readonly accuracy: string;
}

type Known = Pick<RunState, 'summaries' | 'current' | 'progress' | 'status'>;

/** The state of a program's stage in the run. */
export function stageStatus(stages: readonly Stage[], index: number, run: Known): StageStatus {
  const stage = stages[index];
  if (!stage?.on) return { kind: 'off', share: 0, text: 'off', accuracy: '' };
  return isRepeat(stage) ? repeatStatus(stages, index, run) : stepStatus(stages, stepsOfStage(stages, index), run);
}

function stepStatus(stages: readonly Stage[], steps: readonly number[], run: Known): StageStatus {
  const finished = steps.filter((step) => run.summaries[step]);
  const last = finished.at(-1);
  const accuracy = last === undefined ? '' : percent(run.summaries[last]?.testAccuracy ?? Number.NaN);
  if (last !== undefined && last === steps.at(-1)) return { kind: 'done', share: 1, text: 'test', accuracy };
  const now = steps.find((step) => step === run.current?.stage && !run.summaries[step]);
  const round = (step: number | undefined) => roundName(unroll(stages)[step ?? -1] ?? { rounds: [], of: [] });
  if (now !== undefined) {
    const { step = 0, steps: all = 0 } = run.progress ?? {};
    const share = all > 0 ? step / all : 0;
    const inRound = round(now);
    const text = inRound ? [inRound, ...(all > 0 ? [`${count(step)} of ${count(all)}`] : [])].join(' · ') : percent(share, 0);
    return { kind: 'running', share, text, accuracy };
  }
  return { kind: 'waiting', share: 0, text: round(last) || (run.status === 'running' ? 'waiting' : ''), accuracy };
}

/** A repeat is done with the last step in it, and runs with any of them. */
function repeatStatus(stages: readonly Stage[], index: number, run: Known): StageStatus {
  const end = stageEnds(stages)[index] ?? index + 1;
  const own = unroll(stages).flatMap((step, number) =>
    step.index > index && step.index < end && step.stage.on ? [{ ...step, number }] : [],
  );
  const done = own.filter(({ number }) => run.summaries[number]).length;
  const share = own.length > 0 ? done / own.length : 0;
  if (own.length > 0 && done === own.length) return { kind: 'done', share: 1, text: 'done', accuracy: '' };
  const now = own.find(({ number }) => number === run.current?.stage);
  // Deeper repeats say their own rounds.
  const depth = own.reduce((least, { rounds }) => Math.min(least, rounds.length), Number.POSITIVE_INFINITY);
  const inRound = now ? roundName({ rounds: now.rounds.slice(0, depth), of: now.of }) : '';
  if (now) return { kind: 'running', share, text: inRound, accuracy: '' };
  return { kind: 'waiting', share, text: run.status === 'running' ? 'waiting' : '', accuracy: '' };
}
