import { useEffect, useState } from 'react';
import { axesLink, shortAxisText } from '../../experiment/sweep/link';
import type { Sweep } from '../../experiment/sweep/sweep';
import { edit, setInterface } from '../../state/experiment/experiment-store';
import { recordedEntryOf, useRecorded } from '../../state/sweep/recorded-sweeps';
import { showSweep, useSweeps } from '../../state/sweep/sweep-store';
import { openSweeps } from '../../state/sweep/sweeps';
import { Modal } from '../../ui/modal';
import { FrontNotice, useFront } from './front-notice';
import { RecordedList, RecordedView } from './recorded-view';
import styles from './sweep.module.css';
import { SweepEditor } from './sweep-editor';
import { SweepList } from './sweep-list';
import { TargetPicture } from './sweep-picture';
import { type SaveSweep, SweepView } from './sweep-view';

export interface SweepDialogProps {
  readonly onClose: () => void;
  readonly onSave: SaveSweep;
}

/** Runs the current experiment with up to three values varied: defined, run, compared. */
export function SweepDialog({ onClose, onSave }: SweepDialogProps) {
  const held = useSweeps((s) => s.sweeps.find(({ kept }) => kept.id === s.shown));
  const shown = useSweeps((s) => s.shown);
  const recorded = useRecorded((s) => recordedEntryOf(s.list, shown));
  const { front } = useFront();
  /** How often the editor was given another sweep. */
  const [given, setGiven] = useState(0);
  /** The one that was asked for in the list, far below the position where it is shown. */
  const [asked, setAsked] = useState('');
  const show = (id: string) => {
    showSweep(id);
    setAsked(id);
  };
  useEffect(() => {
    void openSweeps();
  }, []);
  const runHere = ({ sweep }: { readonly sweep: Pick<Sweep, 'experiment' | 'axes'> }) => {
    edit(sweep.experiment);
    setInterface('sweep', axesLink(sweep.axes.map(shortAxisText)));
    setGiven(given + 1);
  };
  return (
    <Modal title="Sweep" open wide onClose={onClose}>
      <p className={styles.intro}>
        Runs the current experiment with every combination of some values, while your current run is paused. Stages that runs share are
        trained once. Results are saved in this browser; after a reload the sweep continues.
      </p>
      <FrontNotice />
      <SweepEditor key={given} focus={given > 0} />
      {held ? <SweepView key={held.kept.id} held={held} onSave={onSave} onRunHere={() => runHere(held.kept)} /> : null}
      {recorded ? <RecordedView key={recorded.id} entry={recorded} focus={asked === shown} onRunHere={() => runHere(recorded)} /> : null}
      {front && !held && !recorded ? <TargetPicture key={front.x} front={front} /> : null}
      <SweepList />
      <RecordedList onShow={show} />
    </Modal>
  );
}
