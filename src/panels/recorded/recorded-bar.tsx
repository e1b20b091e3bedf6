import { Info, Pause, Play } from 'lucide-react';
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react';
import { RecordedSign } from '../../charts/shared/chart-frame';
import { stepTitle } from '../../experiment/program/unroll';
import type { Recording } from '../../experiment/recorded/recording';
import type { Moment } from '../../experiment/recorded/timeline';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Stage } from '../../experiment/types/experiment';
import { count, plural } from '../../numerics/measures/number-words';
import { play, runAgain, send } from '../../state/lab';
import { fetchBytes, lendWeights } from '../../state/recorded/lend-weights';
import { fetchRecorded, RecordedFiles } from '../../state/recorded/recorded-files';
import { openRecorded, seekRecorded, toggleRecorded } from '../../state/recorded/recorded-player';
import { type RecordedRun, useRecorded } from '../../state/recorded/recorded-run';
import { usePrevious } from '../../state/run/previous-run';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { PopoverDialog } from '../../ui/popover-dialog';
import { Slider } from '../../ui/slider';
import { backendLabel } from '../labels';
import styles from './recorded-bar.module.css';

const files = new RecordedFiles(fetchRecorded);

/** Plays the recorded run of the current experiment until something runs, and says that it is one. Nothing where there is none. */
export function RecordedBar(): ReactNode {
  useEffect(() => openRecorded(files, matchMedia('(prefers-reduced-motion: reduce)').matches), []);
  useEffect(() => lendWeights(files, fetchBytes, (start) => send({ type: 'lend', start })), []);
  const shown = useRecorded((s) => s.shown);
  return shown ? <Bar {...shown} /> : <Standing />;
}

/** Where numbers come from that are not those of a run here with these settings; nothing otherwise. */
function Standing() {
  const previous = usePrevious((s) => s.shown !== null);
  const previousRecorded = usePrevious((s) => s.shown?.recorded === true);
  const recorded = useRun((s) => s.recorded);
  const busy = useRun((s) => s.status === 'running' || s.status === 'loading' || s.queued);
  if (!previous && !recorded) return null;
  return (
    <section className={styles.standing} aria-label="Where the results come from">
      {previous ? (
        <p role="status" className={styles.quiet}>
          {previousRecorded ? (
            <>
              <RecordedSign>Recorded example</RecordedSign> ·{' '}
            </>
          ) : null}
          {busy
            ? 'Measuring the new settings. Until then: the previous results.'
            : 'Results of the previous settings. Press Play for new ones.'}
        </p>
      ) : recorded ? (
        <>
          <p>
            <RecordedSign>Stage 1 is a recorded example</RecordedSign>
            <span className={styles.quiet}> · {dateWords(recorded.recordedAt)}</span>
          </p>
          <Facts rows={factsOf(recorded.recordedAt, backendLabel(recorded.backend), recorded.commit)} />
          <Button small variant="quiet" className={styles.live} onPress={runAgain} tip="Trains the first stage too, on this machine">
            Run it yourself
          </Button>
        </>
      ) : null}
    </section>
  );
}

function Bar({ recording, moments, index, playing }: RecordedRun) {
  const moment = moments[index];
  const Icon = playing ? Pause : Play;
  const { name, adapter } = recording.backend;
  const where = [backendLabel(name), adapter].filter(Boolean).join(' · ');
  return (
    <section className={styles.bar} aria-label="Recorded example">
      <p className={styles.origin}>
        <RecordedSign>Recorded example</RecordedSign>
        <span className={styles.quiet}>{dateWords(recording.recordedAt)}</span>
      </p>
      <Facts
        rows={[...factsOf(recording.recordedAt, where, recording.commit), ['Digest', digestOf(recording)]]}
        command={recording.command}
      />
      <Button small icon label={playing ? 'Pause the recording' : 'Play the recording'} onPress={toggleRecorded}>
        <Icon size={13} fill="currentColor" aria-hidden />
      </Button>
      <Slider
        label="Moment of the recording"
        value={index}
        min={0}
        max={moments.length - 1}
        step={1}
        text={moment ? momentWords(moment, recording.experiment.stages) : ''}
        onChange={seekRecorded}
      />
      <Button small className={styles.live} onPress={play} tip="Runs this experiment on this machine">
        Run it yourself
      </Button>
    </section>
  );
}

interface FactsProps {
  readonly rows: readonly (readonly [name: string, value: string])[];
  readonly command?: string;
}

/** What only somebody asks who wants to repeat it: behind a sign. */
function Facts({ rows, command }: FactsProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        ref={button}
        small
        icon
        variant="quiet"
        label="How the example was made"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPress={() => setOpen(true)}
      >
        <Info size={14} aria-hidden />
      </Button>
      <PopoverDialog title="How the example was made" control={{ trigger: button, open, onOpenChange: setOpen }}>
        <dl className={styles.facts}>
          {rows
            .filter(([, value]) => value !== '')
            .map(([name, value]) => (
              <Fragment key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </Fragment>
            ))}
        </dl>
        {command === undefined ? null : (
          <p className={styles.command}>
            <code>{command}</code>
            <CopyButton text={command} name="the command that reproduces it" />
          </p>
        )}
      </PopoverDialog>
    </>
  );
}

/** The moment that is shown: "① Train · step 1,240 of 2,000", "① Train · 2,000 steps, measured". */
export function momentWords({ stage, kind, step, steps, ended }: Moment, program: readonly Stage[] = []): string {
  const title = stepTitle(program, stage, stageDefinition(kind).label);
  if (ended) return `${title} · ${steps > 0 ? `${plural(step, 'step')}, ` : ''}measured`;
  return steps > 0 ? `${title} · step ${count(step)} of ${count(steps)}` : title;
}

/** "27 November 2026". */
export function dateWords(recordedAt: string): string {
  return new Date(recordedAt).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

function factsOf(recordedAt: string, where: string, commit: string): FactsProps['rows'] {
  return [
    ['Recorded', dateWords(recordedAt)],
    ['Computed with', where],
    ['Commit', commit],
  ];
}

function digestOf({ events }: Recording): string {
  return events.flatMap((event) => (event.type === 'done' ? [event.record.digest] : []))[0] ?? '';
}
