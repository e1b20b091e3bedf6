import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { toFragment } from '../../experiment/link/url';
import { axesLink, axisTexts, shortAxisText } from '../../experiment/sweep/link';
import type { Sweep } from '../../experiment/sweep/sweep';
import { edit, setInterface, useExperiment } from '../../state/experiment/experiment-store';
import { recordedEntryOf, useRecorded } from '../../state/sweep/recorded-sweeps';
import { type HeldSweep, showSweep, sweepById, useSweeps } from '../../state/sweep/sweep-store';
import { openSweeps } from '../../state/sweep/sweeps';
import { Button } from '../../ui/button';
import { Place } from '../../ui/place';
import { FrontNotice, useFront } from './front-notice';
import styles from './place.module.css';
import { RecordedList, RecordedView } from './recorded-view';
import { SweepEditor } from './sweep-editor';
import { SweepList } from './sweep-list';
import { TargetPicture } from './sweep-picture';
import { type SaveSweep, SweepView } from './sweep-view';

export interface SweepPlaceProps {
  /** Goes back to the lab, which has been kept as it was. */
  readonly onClose: () => void;
  readonly onSave: SaveSweep;
}

/**
 * Runs the current experiment with up to three values varied: defined, run, compared. A view with an address of its own. The form is
 * there while a sweep is defined; afterwards the results have the screen.
 */
export function SweepPlace({ onClose, onSave }: SweepPlaceProps) {
  const held = useSweeps((s) => s.sweeps.find(({ kept }) => kept.id === s.shown));
  const shown = useSweeps((s) => s.shown);
  const ready = useSweeps((s) => s.ready);
  const recorded = useRecorded((s) => recordedEntryOf(s.list, shown));
  const { front } = useFront();
  const heading = useRef<HTMLHeadingElement>(null);
  /** How often the editor was given another sweep. */
  const [given, setGiven] = useState(0);
  /** Whether the form is unfolded; null until it is known what is saved here. */
  const [open, setOpen] = useState<boolean | null>(null);
  /** The sweep that was asked for or started last: its results get the focus. */
  const [asked, setAsked] = useState('');
  useEffect(() => {
    heading.current?.focus();
    void openSweeps();
    return () => document.querySelector<HTMLElement>('.header-sweep')?.focus();
  }, []);
  useEffect(() => {
    if (ready) setOpen((now) => now ?? !isOnAddress(sweepById(useSweeps.getState().shown)));
  }, [ready]);
  const show = (id: string) => {
    showSweep(id);
    setAsked(id);
    setOpen(false);
  };
  const runHere = ({ sweep }: { readonly sweep: Pick<Sweep, 'experiment' | 'axes'> }) => {
    edit(sweep.experiment);
    setInterface('sweep', axesLink(sweep.axes.map(shortAxisText)));
    setGiven(given + 1);
    setOpen(true);
  };
  const nothing = !held && !recorded;
  return (
    <Place
      id="sweeps"
      title="Sweep"
      heading={heading}
      onClose={onClose}
      tools={
        open === false ? (
          <Button small onPress={() => [setGiven(given + 1), setOpen(true)]}>
            <Plus size={13} aria-hidden />
            New sweep
          </Button>
        ) : null
      }
    >
      <div className={styles.columns}>
        <div className={styles.content}>
          <FrontNotice />
          {open === null ? null : (
            <div hidden={!open}>
              <SweepEditor
                key={given}
                focus={given > 0}
                onStarted={() => {
                  setOpen(false);
                  setAsked(useSweeps.getState().shown);
                }}
                {...(nothing ? {} : { onFold: () => setOpen(false) })}
              />
            </div>
          )}
          {held ? (
            <SweepView
              key={held.kept.id}
              held={held}
              focus={asked === shown}
              editing={open === true}
              onSave={onSave}
              onRunHere={() => runHere(held.kept)}
            />
          ) : null}
          {recorded ? (
            <RecordedView key={recorded.id} entry={recorded} focus={asked === shown} onRunHere={() => runHere(recorded)} />
          ) : null}
          {front && nothing ? <TargetPicture key={front.x} front={front} /> : null}
        </div>
        <aside className={styles.lists} aria-label="Other sweeps">
          <SweepList onShow={show} />
          <RecordedList onShow={show} />
        </aside>
      </div>
    </Place>
  );
}

/** Whether this is the sweep of the address, or the address asks for none: then the form need not be in the way. */
function isOnAddress(held: HeldSweep | undefined): boolean {
  if (!held) return false;
  const { experiment, rest } = useExperiment.getState();
  const { sweep, state } = held.kept;
  const asks = axesLink(axisTexts(rest.sweep ?? ''));
  if (asks === '' || state === 'running') return true;
  return asks === axesLink(sweep.axes.map(shortAxisText)) && toFragment(experiment) === toFragment(sweep.experiment);
}
