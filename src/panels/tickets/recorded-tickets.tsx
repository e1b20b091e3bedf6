import { useEffect, useMemo } from 'react';
import { RecordedPictures, RecordedSign } from '../../charts/shared/chart-frame';
import type { RecordedEntry } from '../../experiment/recorded/types';
import { ticketGroups } from '../../experiment/results/ticket-groups';
import { ticketTrainings } from '../../experiment/results/ticket-trainings';
import { edit } from '../../state/experiment/experiment-store';
import { openRecorded, readRecordedList, useRecorded } from '../../state/sweep/recorded-sweeps';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { Button } from '../../ui/button';
import { backendLabel } from '../labels';
import styles from './tickets.module.css';
import { TicketsResults } from './tickets-results';

/** The sweep that the bench opens with. */
const RECORDED = 'lottery-lenet';

/** The bench of runs that were made earlier: nothing is trained. */
export function RecordedTickets() {
  const list = useRecorded((s) => s.list);
  const problem = useRecorded((s) => s.problem);
  const entry = list?.find(({ id }) => id === RECORDED);
  const held = useRecorded((s) => s.opened[RECORDED]);
  useEffect(() => {
    void readRecordedList();
  }, []);
  useEffect(() => {
    if (entry) void openRecorded(entry);
  }, [entry]);
  if (list && !entry) return <p role="status">No lottery tickets are recorded with this page. Choose “Your run” to train some.</p>;
  if (typeof held === 'string' || (list === null && problem !== ''))
    return <p role="status">{typeof held === 'string' ? held : problem}</p>;
  return entry && held ? <Results entry={entry} held={held} /> : <p role="status">Reading…</p>;
}

function Results({ entry, held }: { readonly entry: RecordedEntry; readonly held: HeldSweep }) {
  const { date, backend, commit, command, sweep } = entry;
  const groups = useMemo(
    () =>
      ticketGroups(
        Object.values(held.runs).flatMap(({ record: { experiment, stages }, curves }) =>
          ticketTrainings({ experiment, stages, validation: curves.validation }),
        ),
      ),
    [held],
  );
  const seeds = new Set(groups.flatMap(({ trainings }) => trainings.map(({ seed }) => seed)));
  return (
    <RecordedPictures value={true}>
      <div className={styles.source}>
        <RecordedSign />
        <p className={styles.beside}>
          LeNet-300-100 on MNIST, {seeds.size} {seeds.size === 1 ? 'seed' : 'seeds'} · {date.slice(0, 10)} · {backendLabel(backend)} ·
          commit {commit} · <code>{command}</code>
        </p>
        <Button small onPress={() => edit(sweep.experiment)}>
          Open the experiment
        </Button>
      </div>
      <TicketsResults groups={groups} />
    </RecordedPictures>
  );
}
