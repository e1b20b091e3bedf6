/** Runs that would take hours, or too much memory: they start when they are confirmed. */
import { create } from 'zustand';
import { isSameRun } from '../../experiment/program/prefix';
import { isLarge, isLong, type RunCost, runCost } from '../../experiment/program/run-cost';
import type { Experiment } from '../../experiment/types/experiment';
import { useRun } from './run-store';

interface Asking {
  readonly cost: RunCost;
  readonly experiment: Experiment;
  readonly start: () => void;
}

export const useCostly = create<{ readonly asking: Asking | null }>()(() => ({ asking: null }));

let confirmed: Experiment | null = null;

/** Whether a run may start now. If not, the person is asked, and `start` is called if they want it. */
export function mayStart(experiment: Experiment, start: () => void): boolean {
  const { backend, status } = useRun.getState();
  if (!backend || status === 'paused' || (confirmed && isSameRun(confirmed, experiment))) return true;
  const cost = runCost(experiment, backend);
  if (!isLong(cost) && !isLarge(cost)) return true;
  useCostly.setState({ asking: { cost, experiment, start } });
  return false;
}

/** The answer. */
export function answerCostly(anyway: boolean): void {
  const { asking } = useCostly.getState();
  useCostly.setState({ asking: null });
  if (!anyway || !asking) return;
  confirmed = asking.experiment;
  asking.start();
}

/** Seconds for which nothing may be heard of the engine while it does a training step. */
export function stepSeconds(experiment: Experiment): number {
  const { backend, progress } = useRun.getState();
  const measured = (progress?.msPerStep ?? 0) / 1000;
  return Math.max(measured, backend ? runCost(experiment, backend).stepSeconds : 0);
}
