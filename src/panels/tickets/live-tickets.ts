import { useEffect, useMemo } from 'react';
import { isSameTicketProgram } from '../../experiment/program/ticket-control';
import { ticketGroups } from '../../experiment/results/ticket-groups';
import { type TicketTraining, ticketTrainings } from '../../experiment/results/ticket-trainings';
import type { Experiment } from '../../experiment/types/experiment';
import { readKeptRuns, useRuns } from '../../state/kept/runs-store';
import { metrics, useRun } from '../../state/run/run-store';

/** The trainings of the current run as its stages finish, and those of saved runs of the same program: other seeds, other controls. */
export function useLiveTickets(current: Experiment) {
  const experiment = useRun((s) => s.experiment);
  const summaries = useRun((s) => s.summaries);
  const runs = useRuns((s) => s.runs);
  useEffect(() => {
    if (runs === null) void readKeptRuns();
  }, [runs]);
  return useMemo(() => {
    const isShown = experiment !== null && isSameTicketProgram(experiment, current);
    const own: readonly TicketTraining[] = isShown
      ? ticketTrainings({
          experiment,
          stages: Object.values(summaries).sort((a, b) => a.stage - b.stage),
          validation: { step: metrics.evaluations.map(({ step }) => step), value: metrics.evaluations.map(({ accuracy }) => accuracy) },
        })
      : [];
    const saved = (runs ?? []).filter(({ record }) => isSameTicketProgram(record.experiment, current));
    const others = saved.flatMap(({ record, curves }) =>
      ticketTrainings({ experiment: record.experiment, stages: record.stages, validation: curves.validation }),
    );
    return { groups: ticketGroups([...own, ...others]), saved: saved.length };
  }, [experiment, summaries, runs, current]);
}
