/** The run beside the one on the screen: the same experiment with one value changed, in lock-step. */
import { create } from 'zustand';
import { setOnlyStageValue } from '../experiment/edit';
import type { RunEvent, StageSummary } from '../experiment/events';
import type { ParameterValue } from '../experiment/parameter';
import { sharedStages } from '../experiment/prefix';
import type { Experiment, StageKind } from '../experiment/types';
import type { Message } from '../worker/protocol';
import { MetricsBuffer } from './metrics-buffer';

/** One value of one stage. */
export interface Change {
  readonly stage: number;
  readonly kind: StageKind;
  readonly key: string;
  readonly value: ParameterValue;
  /** In words: "method: LSQ". */
  readonly label: string;
}

interface BesideState {
  readonly change: Change | null;
  /** Where the two part: training steps that they have in common; null before it has started. */
  readonly parting: number | null;
  /** By stage index. */
  readonly summaries: Readonly<Record<number, StageSummary>>;
  readonly done: boolean;
  /** Why it came to an early end; '' if it did not. */
  readonly failure: string;
}

const fresh = { parting: null, summaries: {}, done: false, failure: '' };

export const useBeside = create<BesideState>()(() => ({ change: null, ...fresh }));

/** Its loss and accuracy; there is none before the step at which the two part. */
export const besideMetrics = new MetricsBuffer();

/** Takes up another change, or none. */
export function setChange(change: Change | null): void {
  besideMetrics.truncate(0, 0);
  useBeside.setState({ change, ...fresh });
}

/** The changed experiment; undefined if the stage is not there any more or the change makes no difference. */
export function changedExperiment(experiment: Experiment, change: Change | null): Experiment | undefined {
  if (!change || experiment.stages[change.stage]?.kind !== change.kind || !experiment.stages[change.stage]?.on) return undefined;
  const changed = setOnlyStageValue(experiment, change.stage, change.key, change.value);
  return sharedStages(experiment, changed) === experiment.stages.length ? undefined : changed;
}

/** Takes a message of the worker; those about something else are passed over. */
export function hearBeside(message: Message): void {
  if (message.type === 'besideFrom') {
    const { stages, steps } = message;
    besideMetrics.truncate(steps, stages);
    useBeside.setState(({ summaries, parting }) => ({
      parting: parting === null ? steps : Math.min(parting, steps),
      summaries: Object.fromEntries(Object.entries(summaries).filter(([stage]) => Number(stage) < stages)),
      done: false,
      failure: '',
    }));
  } else if (message.type === 'besideEvents') for (const event of message.events) record(event);
}

function record(event: RunEvent): void {
  besideMetrics.take(event);
  if (event.type === 'stageDone') {
    const { summary } = event;
    useBeside.setState(({ summaries }) => ({ summaries: { ...summaries, [summary.stage]: summary } }));
  } else if (event.type === 'done') useBeside.setState({ done: true });
  else if (event.type === 'failed') useBeside.setState({ done: true, failure: `${event.message} ${event.advice}`.trim() });
}
