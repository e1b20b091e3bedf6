import { Pause, Play } from 'lucide-react';
import { describeExperiment } from '../../experiment/program/describe';
import { presetById } from '../../experiment/program/presets';
import { type TicketControl, ticketControlOf, withTicketControl } from '../../experiment/program/ticket-control';
import { roundName, unroll } from '../../experiment/program/unroll';
import type { Experiment } from '../../experiment/types/experiment';
import { count, plural } from '../../numerics/measures/number-words';
import { edit } from '../../state/experiment/experiment-store';
import { newSeed, togglePlay } from '../../state/lab';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { Segmented } from '../../ui/segmented';
import styles from './tickets.module.css';

const EXAMPLE = 'mnist-ticket';

const starts: readonly { readonly value: TicketControl; readonly label: string }[] = [
  { value: 'ticket', label: 'Ticket' },
  { value: 'reinit', label: 'New initial weights' },
  { value: 'shuffled', label: 'Shuffled masks' },
  { value: 'random', label: 'Random masks' },
];

interface Props {
  readonly experiment: Experiment;
  /** Saved runs of the same program. */
  readonly saved: number;
}

/** Edits the experiment to each control, and runs it. */
export function LiveTools({ experiment, saved }: Props) {
  const control = ticketControlOf(experiment);
  const running = useRun((s) => s.status === 'running' || s.queued);
  if (control === null) return <NoTickets />;
  const choose = (value: string) => {
    const next = withTicketControl(experiment, value as TicketControl);
    if (next) edit(next);
  };
  return (
    <section className={styles.block} aria-labelledby="tickets-live">
      <h3 id="tickets-live">Train your own</h3>
      <p className={styles.beside}>{describeExperiment(experiment)}</p>
      <div className={styles.tools}>
        <span>The last training starts from</span>
        <Segmented label="Start of the last training" options={starts} value={control} onChange={choose} />
        <Button variant="primary" small onPress={togglePlay}>
          {running ? <Pause size={13} aria-hidden /> : <Play size={13} aria-hidden />}
          {running ? 'Pause' : 'Run'}
        </Button>
        <Button small onPress={newSeed}>
          New seed
        </Button>
      </div>
      <p className={styles.beside}>
        <Progress /> A control reuses all rounds: only the last training runs again. Finished runs are saved. The table shows those of this
        program{saved > 0 ? ` (${plural(saved, 'saved run')})` : ''}, with error bars over their seeds.
      </p>
    </section>
  );
}

function NoTickets() {
  const example = presetById(EXAMPLE)?.experiment;
  return (
    <div className={styles.tools}>
      <p>The current experiment does not end by training a pruned and rewound network.</p>
      {example ? (
        <Button small onPress={() => edit(example)}>
          Open the example: 5 rounds of 1,000 steps
        </Button>
      ) : null}
    </div>
  );
}

/** "Round 2 of 5, step 400 of 1,000." Nothing while no training runs. */
function Progress() {
  const experiment = useRun((s) => s.experiment);
  const progress = useRun((s) => s.progress);
  const running = useRun((s) => s.status === 'running');
  if (!running || !experiment || !progress || progress.steps === 0) return null;
  const at = unroll(experiment.stages)[progress.stage];
  const round = at ? roundName(at) : '';
  const where = round === '' ? 'Last training' : `${round.slice(0, 1).toUpperCase()}${round.slice(1)}`;
  return (
    <>
      {where}, step {count(progress.step)} of {count(progress.steps)}.{' '}
    </>
  );
}
