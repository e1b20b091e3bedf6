/** The state of the run, in words and shares. Pure, so that the bar, the title and the reader's announcements agree. */

import { roundName, stageOfStep, unroll, withRound } from '../../experiment/program/unroll';
import { compresses, stageDefinition, trainingSteps } from '../../experiment/stages/registry';
import type { Experiment, Stage } from '../../experiment/types/experiment';
import { count, duration, fixed, percent, plural } from '../../numerics/measures/number-words';
import type { RunState } from '../../state/run/run-state';

export interface Sentence {
  /** Number of the stage, from 1; 0 for none. */
  readonly stage: number;
  readonly title: string;
  readonly detail: string;
}

/** One sentence about the run. */
export function runSentence(run: RunState, experiment: Experiment): Sentence {
  const nowhere = (title: string, detail = ''): Sentence => ({ stage: 0, title, detail });
  if (run.fatal !== null) return nowhere('Stopped');
  if (run.dataProblem) return nowhere('No data');
  if (run.backend === null && run.status === 'idle') return nowhere('Loading');
  const queued = run.queued ? 'starts automatically' : '';
  if (run.status === 'loading' && !run.current) return nowhere(run.statusMessage.replace(/\.$/, '') || 'Getting ready', queued);
  // The run itself is over; the one beside it still catches up.
  if (run.status === 'running' && run.record) return nowhere('Done', 'the other run continues');
  if ((run.queued && run.status !== 'paused') || (run.status === 'running' && !run.current)) return nowhere('Starting');
  if (run.status === 'failed') return nowhere('Stopped', run.statusMessage);
  if (run.status === 'done') {
    const { record } = run;
    return nowhere('Done', record ? `${plural(record.steps, 'step')} in ${duration(record.seconds)}` : '');
  }
  const { current, progress } = run;
  if (!current) {
    const on = segments(run, experiment.stages);
    if (on.length === 0) return nowhere('Nothing to run', experiment.stages.length === 0 ? 'add a stage' : 'all stages are off');
    const left = on.filter((part) => part.share < 1);
    if (left.length === 0) return nowhere('Ready', 'all stages finished');
    const steps = left.reduce((sum, part) => sum + part.steps, 0);
    const kept = left.length < on.length ? ' left' : '';
    const rounds = unroll(experiment.stages).some(({ of }) => of.length > 0) ? ', each round counted' : '';
    const training = steps > 0 ? plural(steps, 'training step') : 'no training needed';
    return nowhere('Ready', `${plural(left.length, 'stage')}${kept}${rounds}, ${training}`);
  }
  const { stages } = experiment;
  const at = unroll(stages)[current.stage];
  const title = at ? stageDefinition(at.stage.kind).label : current.kind;
  const round = at ? roundName(at) : '';
  // After its last step a stage is measured: on a slow machine that takes its time.
  const measuring = run.status === 'running' && progress !== null && progress.steps > 0 && progress.step >= progress.steps;
  const waiting = waitingWords(progress?.waiting ?? '') || (run.status === 'paused' ? 'paused' : measuring ? 'measuring' : '');
  const where = progress && progress.steps > 0 ? `step ${count(progress.step)} of ${count(progress.steps)}` : '';
  const epoch = progress && progress.epoch >= 0.005 ? `epoch ${fixed(progress.epoch, progress.epoch < 10 ? 2 : 0)}` : '';
  return { stage: stageOfStep(stages, current.stage) + 1, title, detail: [round, where, epoch, waiting].filter(Boolean).join(' · ') };
}

const WAITS: Readonly<Record<string, string>> = {
  compiling: 'preparing the GPU',
  'reading images': 'waiting for more images',
};

/** What a stage waits for, as the engine names it, in words for the user. */
function waitingWords(waiting: string): string {
  return WAITS[waiting] ?? waiting;
}

export interface Segment {
  /** The step of the run. */
  readonly stage: number;
  /** What is stored after it takes fewer bits, or could. */
  readonly compressed: boolean;
  readonly steps: number;
  /** 0 … 1. */
  readonly share: number;
}

/** The steps that run, with how far each has come. */
export function segments(run: Pick<RunState, 'summaries' | 'current' | 'progress'>, stages: readonly Stage[]): readonly Segment[] {
  return unroll(stages).flatMap(({ stage }, number) => {
    if (!stage.on) return [];
    const { step = 0, steps = 0 } = run.current?.stage === number ? (run.progress ?? {}) : {};
    const share = run.summaries[number] ? 1 : steps > 0 ? step / steps : 0;
    return [{ stage: number, compressed: compresses(stage), steps: trainingSteps(stage), share }];
  });
}

/** Share of all training steps that is done; of the stages where nothing trains. */
export function overallShare(parts: readonly Segment[]): number {
  const weight = (part: Segment) => Math.max(1, part.steps);
  const total = parts.reduce((sum, part) => sum + weight(part), 0);
  return total > 0 ? parts.reduce((sum, part) => sum + part.share * weight(part), 0) / total : 0;
}

/** Time to the end at the present pace, in words; '' when it is not known. */
export function timeLeft(run: RunState, stages: readonly Stage[]): string {
  const ms = run.progress?.msPerStep ?? 0;
  if (run.status !== 'running' || !(ms > 0)) return '';
  const steps = segments(run, stages).reduce((sum, part) => sum + part.steps * (1 - part.share), 0);
  const seconds = (steps * ms) / 1000;
  if (seconds < 0.5) return '';
  return `${duration(seconds < 10 ? Math.ceil(seconds) : seconds)} left`;
}

/** What a reader hears: starts and ends of stages, not batches. */
export function summarySentence(step: number, kind: string, accuracy: number, stages: readonly Stage[] = []): string {
  return `${stageName(step, kind, stages)}, done: test accuracy ${percent(accuracy)}.`;
}

/** "Stage 2, quantize"; "Stage 3, prune, round 2 of 5". */
export function stageName(step: number, kind: string, stages: readonly Stage[]): string {
  return `Stage ${stageOfStep(stages, step) + 1}, ${withRound(stages, step, kind)}`;
}
