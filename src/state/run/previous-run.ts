/**
 * The results of the settings before an edit: they stay on the screen, as such, until there are results of the new ones. Without them
 * every edit would empty the page.
 */
import { create } from 'zustand';
import { isSameRun } from '../../experiment/program/prefix';
import type { RunEvent } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import type { Message } from '../../worker/protocol';
import { MetricsBuffer } from './metrics-buffer';
import type { RunState } from './run-state';

export interface PreviousRun {
  readonly run: RunState;
  /** The stages whose results they are. */
  readonly stages: readonly Stage[];
  /** They are, or build on, those of a recorded run. */
  readonly recorded: boolean;
}

export const usePrevious = create<{ readonly shown: PreviousRun | null }>()(() => ({ shown: null }));

/** Loss and validations of the previous run. */
export const previousMetrics = new MetricsBuffer();

/** Results of settings that are left now. @param series as the run had it; a copy is held. @param recorded nothing of them was run here */
export function holdPrevious(run: RunState, stages: readonly Stage[], series: MetricsBuffer, recorded = false): void {
  previousMetrics.copy(series);
  usePrevious.setState({ shown: { run, stages, recorded: recorded || run.recorded !== null } });
}

export function dropPrevious(): void {
  if (usePrevious.getState().shown === null) return;
  usePrevious.setState({ shown: null });
  previousMetrics.truncate(0, 0);
}

/** Notices, before the message is taken, whether it takes results off the screen, or brings their successors. */
export function hearPrevious(message: Message, run: RunState, series: MetricsBuffer): void {
  if (message.type === 'loaded') {
    const { experiment, summaries } = run;
    const measured = Math.max(-1, ...Object.keys(summaries).map(Number));
    const another = experiment && message.experiment && !isSameRun(experiment, message.experiment);
    // Back at the settings whose results are shown: they are replayed.
    const held = usePrevious.getState().shown?.run.experiment;
    if (held && message.experiment && isSameRun(held, message.experiment)) dropPrevious();
    else if (another && measured >= message.keptStages) holdPrevious(run, experiment.stages, series);
  } else if (message.type === 'events' ? message.events.some(succeeds) : message.type === 'replay' && message.events.some(ends)) {
    dropPrevious();
  }
}

function succeeds({ type }: RunEvent): boolean {
  return type === 'metrics' || type === 'test' || type === 'failed';
}

function ends({ type }: RunEvent): boolean {
  return type === 'done';
}
