import { Pause, Play } from 'lucide-react';
import { useEffect } from 'react';
import { RecordedSign } from '../../charts/shared/chart-frame';
import { stepTitle } from '../../experiment/program/unroll';
import type { Recording } from '../../experiment/recorded/recording';
import type { Moment } from '../../experiment/recorded/timeline';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Stage } from '../../experiment/types/experiment';
import { count, plural } from '../../numerics/measures/number-words';
import { play } from '../../state/lab';
import { fetchRecorded, RecordedFiles } from '../../state/recorded/recorded-files';
import { openRecorded, seekRecorded, toggleRecorded } from '../../state/recorded/recorded-player';
import { type RecordedRun, useRecorded } from '../../state/recorded/recorded-run';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { Slider } from '../../ui/slider';
import { backendLabel } from '../labels';
import styles from './recorded-bar.module.css';

const files = new RecordedFiles(fetchRecorded);

/** Plays the recorded run of the current experiment until something runs, and says that it is one. Nothing where there is none. */
export function RecordedBar() {
  useEffect(() => openRecorded(files, matchMedia('(prefers-reduced-motion: reduce)').matches), []);
  const shown = useRecorded((s) => s.shown);
  return shown && <Bar {...shown} />;
}

function Bar({ recording, moments, index, playing }: RecordedRun) {
  const moment = moments[index];
  const Icon = playing ? Pause : Play;
  return (
    <section className={styles.bar} aria-label="Recorded run">
      <p className={styles.origin}>
        <span className={styles.badge}>
          <RecordedSign>Recorded</RecordedSign>
        </span>
        <span>{originWords(recording)}</span>
      </p>
      <p className={styles.command}>
        <code>{recording.command}</code>
        <CopyButton text={recording.command} name="the command that reproduces it" />
      </p>
      <div className={styles.time}>
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
      </div>
      <Button small className={styles.live} onPress={play} tip="Runs this experiment on this machine">
        Train it live
      </Button>
    </section>
  );
}

/** The moment that is shown: "① Train · step 1,240 of 2,000", "① Train · 2,000 steps, measured". */
export function momentWords({ stage, kind, step, steps, ended }: Moment, program: readonly Stage[] = []): string {
  const title = stepTitle(program, stage, stageDefinition(kind).label);
  if (ended) return `${title} · ${steps > 0 ? `${plural(step, 'step')}, ` : ''}measured`;
  return steps > 0 ? `${title} · step ${count(step)} of ${count(steps)}` : title;
}

/** When, on what and from which sources: "27 November 2026 · WebAssembly · commit 1a2b3c4". */
export function originWords({ recordedAt, backend, commit }: Pick<Recording, 'recordedAt' | 'backend' | 'commit'>): string {
  const date = new Date(recordedAt).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return [date, backendLabel(backend.name), backend.adapter, commit === '' ? '' : `commit ${commit}`]
    .filter((words) => words !== '')
    .join(' · ');
}
