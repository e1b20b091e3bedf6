/** The run beside the one on the screen, in lock-step: the same experiment with one value changed, or another program. */
import { create } from 'zustand';
import { setOnlyStageValue } from '../../experiment/program/edit';
import { isSameRun } from '../../experiment/program/prefix';
import { sameBlock } from '../../experiment/settings/block';
import type { SettingValue } from '../../experiment/settings/setting';
import type { RunEvent, RunRecord, StageSummary, TestReport } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { Message } from '../../worker/protocol';
import { type EvaluationPoint, MetricsBuffer } from './metrics-buffer';
import { metrics } from './run-store';

/** What is different beside: one value of one stage, or the whole program. */
export type Change = StageChange | ProgramChange;

export interface StageChange {
  /** Its position in the program. */
  readonly stage: number;
  readonly kind: string;
  readonly key: string;
  readonly value: SettingValue;
  /** In words: "method: LSQ". */
  readonly label: string;
  /** The value of the run on the screen, in the same words. */
  readonly own?: string;
}

/** Another model or other stages on the same images; it gets the seed of the program on the screen, and so the same batches. */
export interface ProgramChange {
  readonly program: Experiment;
  readonly label: string;
}

interface BesideState {
  readonly change: Change | null;
  /** Where the two part: training steps that they have in common; null before it has started. */
  readonly parting: number | null;
  /** Steps of the run that they have in common. */
  readonly sharedStages: number;
  /** The last test of the run beside. */
  readonly test: TestReport | null;
  /** By step of the run. */
  readonly summaries: Readonly<Record<number, StageSummary>>;
  readonly done: boolean;
  /** What came of it; null before its end. */
  readonly record: RunRecord | null;
  /** Why it came to an early end; '' if it did not. */
  readonly failure: string;
}

const fresh = { parting: null, sharedStages: 0, test: null, summaries: {}, done: false, record: null, failure: '' };

export const useBeside = create<BesideState>()(() => ({ change: null, ...fresh }));

/** Its loss and accuracy; there is none before the step at which the two part. */
export const besideMetrics = new MetricsBuffer();

/** Takes up another change, or none. */
export function setChange(change: Change | null): void {
  besideMetrics.truncate(0, 0);
  useBeside.setState({ change, ...fresh });
}

/** The changed experiment; undefined if the stage is not there any more, the images are others, or the change makes no difference. */
export function changedExperiment(experiment: Experiment, change: Change | null): Experiment | undefined {
  if (!change) return undefined;
  if ('program' in change) {
    const { program } = change;
    const changed = { ...program, seed: experiment.seed };
    return sameBlock(program.data, experiment.data) && !isSameRun(changed, experiment) ? changed : undefined;
  }
  if (experiment.stages[change.stage]?.kind !== change.kind || !experiment.stages[change.stage]?.on) return undefined;
  const changed = setOnlyStageValue(experiment, change.stage, change.key, change.value);
  return isSameRun(experiment, changed) ? undefined : changed;
}

/** Takes a message of the worker; those about something else are ignored. */
export function hearBeside(message: Message): void {
  if (message.type === 'besideFrom') {
    const { stages, steps } = message;
    besideMetrics.truncate(steps, stages);
    useBeside.setState(({ summaries, parting, sharedStages }) => ({
      parting: parting === null ? steps : Math.min(parting, steps),
      sharedStages: parting === null ? stages : Math.min(sharedStages, stages),
      summaries: Object.fromEntries(Object.entries(summaries).filter(([stage]) => Number(stage) < stages)),
      done: false,
      record: null,
      failure: '',
    }));
  } else if (message.type === 'besideEvents') for (const event of message.events) record(event);
}

function record(event: RunEvent): void {
  besideMetrics.take(event);
  if (event.type === 'stageDone') {
    const { summary } = event;
    useBeside.setState(({ summaries }) => ({ summaries: { ...summaries, [summary.stage]: summary } }));
  } else if (event.type === 'test') useBeside.setState({ test: event.report });
  else if (event.type === 'done') useBeside.setState({ done: true, record: event.record });
  else if (event.type === 'failed') useBeside.setState({ done: true, failure: `${event.message} ${event.advice}`.trim() });
}

/** What was measured in the whole run beside, its common beginning with the run on the screen too. */
export function wholeBeside(): {
  readonly losses: Float32Array;
  readonly evaluations: readonly EvaluationPoint[];
  readonly test: TestReport | null;
} {
  const { parting, sharedStages, test } = useBeside.getState();
  const losses = new Float32Array(Math.max(besideMetrics.steps, parting ?? 0));
  losses.set(metrics.loss.subarray(0, Math.min(parting ?? 0, metrics.steps)));
  losses.set(besideMetrics.loss.subarray(parting ?? 0, besideMetrics.steps), parting ?? 0);
  const shared = metrics.evaluations.filter(({ stage }) => stage < sharedStages);
  return { losses, evaluations: [...shared, ...besideMetrics.evaluations.filter(({ stage }) => stage >= sharedStages)], test };
}
