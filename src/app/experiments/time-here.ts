import { type TimedTraining, trainingTime } from '../../experiment/program/run-time';
import { unroll } from '../../experiment/program/unroll';
import type { StageSummary } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import { count } from '../../numerics/measures/number-words';
import { backendLabel } from '../../panels/labels';
import { useExperiment } from '../../state/experiment/experiment-store';
import { useRuns } from '../../state/kept/runs-store';
import { useRecorded } from '../../state/recorded/recorded-run';
import { useRun } from '../../state/run/run-store';

/** What was timed: in this browser, on the backend in use; else in the recording on the screen. */
export interface Timings {
  readonly timed: readonly TimedTraining[];
  /** Where, for the reader: "here", "on the machine of the recording". */
  readonly where: string;
}

export function timingsNow(): Timings {
  const { backend, summaries } = useRun.getState();
  const here = [
    ...timedStages(useExperiment.getState().experiment, Object.values(summaries)),
    ...(useRuns.getState().runs ?? [])
      .filter(({ origin, record }) => origin === 'live' && record.backend.name === backend?.name)
      .flatMap(({ record }) => timedStages(record.experiment, record.stages)),
  ];
  if (here.length > 0) return { timed: here, where: 'in this browser' };
  const recording = useRecorded.getState().shown?.recording;
  if (!recording) return { timed: [], where: '' };
  const recorded = recording.events.flatMap((event) => (event.type === 'stageDone' ? [event.summary] : []));
  const where = `on the machine of the recording, with ${backendLabel(recording.backend.name)}`;
  return { timed: timedStages(recording.experiment, recorded), where };
}

function timedStages(experiment: Experiment, summaries: readonly StageSummary[]): readonly TimedTraining[] {
  const run = unroll(experiment.stages);
  return summaries.flatMap(({ stage, steps, seconds }) => {
    const batch = Number(run[stage]?.stage.batch);
    return steps > 0 && seconds > 0 && batch > 0 ? [{ experiment, batch, steps, seconds }] : [];
  });
}

/** "about 20 s", "about 3 min", "about 5 h", "more than a day"; the number of steps where nothing was timed. */
export function timeWords(experiment: Experiment, timings: Timings, steps: number): string {
  const seconds = trainingTime(experiment, timings.timed);
  if (seconds === null) return `${count(steps)} training steps`;
  if (seconds < 10) return 'a few seconds';
  if (seconds < 90) return `about ${Math.round(seconds / 10) * 10} s`;
  if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} min`;
  return seconds < 24 * 3600 ? `about ${Math.round(seconds / 3600)} h` : 'more than a day';
}
