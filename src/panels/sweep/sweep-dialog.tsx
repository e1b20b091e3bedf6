import { useEffect } from 'react';
import { useSweeps } from '../../state/sweep-store';
import { openSweeps } from '../../state/sweeps';
import { Modal } from '../../ui/modal';
import styles from './sweep.module.css';
import { SweepEditor } from './sweep-editor';
import { SweepList } from './sweep-list';
import { SweepView } from './sweep-view';

/** Runs of the experiment on the screen with up to three values varied: defined, run, compared. */
export function SweepDialog({ onClose }: { readonly onClose: () => void }) {
  const held = useSweeps((s) => s.sweeps.find(({ kept }) => kept.id === s.shown));
  useEffect(() => {
    void openSweeps();
  }, []);
  return (
    <Modal title="Sweep" open wide onClose={onClose}>
      <p className={styles.intro}>
        Runs the experiment on the screen with every combination of some values, while the run on the screen rests. Stages that runs share
        are trained once. Results are kept in this browser as they come; after a reload the sweep goes on.
      </p>
      <SweepEditor />
      {held ? <SweepView key={held.kept.id} held={held} /> : null}
      <SweepList />
    </Modal>
  );
}
