/**
 * The recorded run that the results show until something runs: a state and metrics of its own, so that nothing of it is ever taken for
 * the live run. `recorded-player.ts`, which comes later, fills it.
 */
import { create } from 'zustand';
import { isSameRun } from '../../experiment/program/prefix';
import type { Recording } from '../../experiment/recorded/recording';
import type { Moment } from '../../experiment/recorded/timeline';
import type { Experiment, Stage } from '../../experiment/types/experiment';
import { useExperiment } from '../experiment/experiment-store';
import { MetricsBuffer } from '../run/metrics-buffer';
import { usePrevious } from '../run/previous-run';
import type { RunState } from '../run/run-state';
import { useRun } from '../run/run-store';

/** A recording on the screen. */
export interface RecordedRun {
  readonly recording: Recording;
  readonly moments: readonly Moment[];
  /** The moment that is shown. */
  readonly index: number;
  readonly playing: boolean;
  /** What the page would know of the run at that moment. */
  readonly run: RunState;
}

interface RecordedState {
  /** Null while the results are those of the live run. */
  readonly shown: RecordedRun | null;
  /** Experiments that were run live: their recordings do not come back. */
  readonly left: readonly Experiment[];
  /** A recording has been on the screen: only the first one plays by itself. */
  readonly begun: boolean;
}

export const useRecorded = create<RecordedState>()(() => ({ shown: null, left: [], begun: false }));

/** Loss and validations of the recorded run up to the moment that is shown. */
export const recordedMetrics = new MetricsBuffer();

/** Takes the recorded run off the screen. */
export function hideRecorded(): void {
  useRecorded.setState({ shown: null });
  recordedMetrics.truncate(0, 0);
}

/** The experiment on the screen is run: the live run takes the place of the recorded one, for good. */
export function leaveRecorded(): void {
  const { experiment } = useExperiment.getState();
  if (!hasLeft(experiment)) useRecorded.setState(({ left }) => ({ left: [...left, experiment] }));
  hideRecorded();
}

/** Whether this experiment was run live since the page was opened. */
export function hasLeft(experiment: Experiment): boolean {
  return useRecorded.getState().left.some((other) => isSameRun(other, experiment));
}

/** Something of the live run; of the one before the last edit while the new settings have no result. */
export function useStandingRun<T>(select: (run: RunState) => T): T {
  const live = useRun(select);
  const previous = usePrevious((s) => (s.shown ? select(s.shown.run) : null));
  return usePrevious((s) => s.shown !== null) ? (previous as T) : live;
}

/** What the results show: a recorded run, one of the previous settings, or the live one. */
export function useShownKind(): 'recorded' | 'previous' | 'live' {
  const recorded = useRecorded((s) => s.shown !== null);
  const previous = usePrevious((s) => s.shown !== null);
  return recorded ? 'recorded' : previous ? 'previous' : 'live';
}

/** The stages of the run that the results show. */
export function useShownStages(): readonly Stage[] {
  const own = useExperiment((s) => s.experiment.stages);
  const previous = usePrevious((s) => s.shown?.stages);
  return useShownKind() === 'previous' ? (previous ?? own) : own;
}

/** Something of the run that the results show: the recorded one while there is one, the live one or the one before it otherwise. */
export function useShownRun<T>(select: (run: RunState) => T): T {
  const live = useStandingRun(select);
  const isRecorded = useRecorded((s) => s.shown !== null);
  const recorded = useRecorded((s) => (s.shown ? select(s.shown.run) : null));
  return isRecorded ? (recorded as T) : live;
}
