import { useEffect, useRef, useState } from 'react';
import { useExperiment } from '../../state/experiment/experiment-store';
import { useRun } from '../../state/run/run-store';
import { Formula } from '../../ui/formula';
import { Place } from '../../ui/place';
import { Segmented } from '../../ui/segmented';
import { useLiveTickets } from './live-tickets';
import { LiveTools } from './live-tools';
import { RecordedTickets } from './recorded-tickets';
import styles from './tickets.module.css';
import { TicketsResults } from './tickets-results';

const sources = [
  { value: 'recorded', label: 'Recorded' },
  { value: 'live', label: 'Your run' },
];

/** The lottery bench: tickets of every round against the dense network and against controls, recorded or as they are trained. */
export function TicketsPlace({ onClose }: { readonly onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const running = useRun((s) => s.status === 'running');
  const [source, setSource] = useState(running ? 'live' : 'recorded');
  useEffect(() => heading.current?.focus(), []);
  return (
    <Place id="tickets" title="Lottery tickets" heading={heading} onClose={onClose}>
      <div className={styles.content}>
        <div className={styles.intro}>
          <p>
            The lottery ticket hypothesis: a dense network contains sparse networks that train as well on their own from their original
            initial weights. To find one: train, prune the smallest weights, set the others back to their initial values, repeat.
          </p>
          <p>
            The network that remains is a <strong>winning ticket</strong> if it has fewer weights, reaches its lowest validation loss in at
            most as many steps, and is then at least as accurate on the test images.
          </p>
          <Formula block tex="\#\text{Iter}(M, I) \le \#\text{Iter}(\text{dense})\qquad \text{Acc}(M, I) \ge \text{Acc}(\text{dense})" />
          <p className={styles.beside}>
            M is the mask, I the initial weights. Frankle and Carbin 2019,{' '}
            <a href="https://arxiv.org/abs/1803.03635" target="_blank" rel="noreferrer">
              arXiv 1803.03635
            </a>
          </p>
        </div>
        <div className={styles.tools}>
          <Segmented label="Runs shown" options={sources} value={source} onChange={setSource} />
        </div>
        {source === 'recorded' ? <RecordedTickets /> : <Live />}
      </div>
    </Place>
  );
}

function Live() {
  const experiment = useExperiment((s) => s.experiment);
  const { groups, saved } = useLiveTickets(experiment);
  return (
    <>
      <LiveTools experiment={experiment} saved={saved} />
      {groups.some(({ kind }) => kind !== 'dense') ? (
        <TicketsResults groups={groups} />
      ) : (
        <p className={styles.beside}>Each round adds a row here when its training is done.</p>
      )}
    </>
  );
}
