import { Pause, Play } from 'lucide-react';
import { useEffect } from 'react';
import { RecordedSign } from '../../charts/recorded-sign';
import { play } from '../../state/lab';
import { fetchRecorded, RecordedFiles } from '../../state/recorded-files';
import { openRecorded, seekRecorded, toggleRecorded } from '../../state/recorded-player';
import { type RecordedRun, useRecorded } from '../../state/recorded-run';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { Slider } from '../../ui/slider';
import styles from './recorded-bar.module.css';
import { momentWords, originWords } from './recorded-words';

const files = new RecordedFiles(fetchRecorded);

/** Plays the recorded run of the experiment on the screen until something runs, and says that it is one. Nothing where there is none. */
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
        <CopyButton text={recording.command} name="the command that makes it again" />
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
      <Button small className={styles.live} onPress={play} tip="Runs this experiment on this machine, now">
        Train it live
      </Button>
    </section>
  );
}
