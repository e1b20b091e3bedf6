import { useEffect, useState } from 'react';
import { count, plural } from '../../numerics/measures/number-words';
import { type HeldSweep, useSweeps } from '../../state/sweep/sweep-store';
import { sweepKeeper } from '../../state/sweep/sweeps';
import { Button } from '../../ui/button';
import styles from './sweep.module.css';
import { sweepTitle } from './sweep-words';

/** The sweeps that are saved, the newest first; one of them is shown. */
export function SweepList({ onShow }: { readonly onShow: (id: string) => void }) {
  const sweeps = useSweeps((s) => s.sweeps);
  const shown = useSweeps((s) => s.shown);
  const removed = useSweeps((s) => s.removed);
  useEffect(() => () => useSweeps.setState({ removed: null }), []);
  if (sweeps.length === 0 && !removed) return null;
  return (
    <section className={styles.past} aria-label="Sweeps in this browser">
      <h3>Sweeps in this browser</h3>
      {removed ? (
        <div className="button-row" role="status">
          <span className={styles.beside}>“{sweepTitle(removed)}” is removed.</span>
          {/* The focus was on what is gone. */}
          <Button small autoFocus onPress={() => void sweepKeeper.undoRemove()}>
            Undo
          </Button>
        </div>
      ) : null}
      <ul>
        {sweeps.toReversed().map((held) => (
          <Row key={held.kept.id} held={held} shown={held.kept.id === shown} onShow={onShow} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly held: HeldSweep;
  readonly shown: boolean;
  readonly onShow: (id: string) => void;
}

function Row({ held, shown, onShow }: RowProps) {
  const [removing, setRemoving] = useState(false);
  const { kept, points, runs } = held;
  const title = sweepTitle(held);
  const made = Object.keys(runs).length;
  return (
    <li className={styles.kept} data-shown={shown || undefined}>
      <div className={styles.keptHead}>
        <button type="button" className={styles.keptTitle} aria-pressed={shown} onClick={() => onShow(kept.id)}>
          {title}
        </button>
        <span className={styles.beside}>
          {new Date(kept.createdAt).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })} ·{' '}
          {count(made)} of {plural(points.length, 'run')}
        </span>
        {removing ? (
          <>
            <Button small onPress={() => void sweepKeeper.remove(kept.id)}>
              Remove it with {plural(made, 'run')}
            </Button>
            <Button small onPress={() => setRemoving(false)}>
              Keep it
            </Button>
          </>
        ) : (
          <Button small variant="quiet" label={`Remove ${title}`} onPress={() => setRemoving(true)}>
            Remove
          </Button>
        )}
      </div>
      {shown ? (
        <div className={styles.words}>
          <Words label="Name" text={kept.sweep.name} onChange={(name) => sweepKeeper.describe(kept.id, { name })} />
          <Words label="Note" text={kept.note} onChange={(note) => sweepKeeper.describe(kept.id, { note })} />
        </div>
      ) : null}
    </li>
  );
}

/** A line of text to edit. Leaving the field or Enter saves it. */
function Words({ label, text, onChange }: { readonly label: string; readonly text: string; readonly onChange: (text: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft.trim() !== text) onChange(draft.trim());
    setDraft(null);
  };
  return (
    <label className={styles.word}>
      {label}
      <input
        className={styles.text}
        type="text"
        maxLength={200}
        autoComplete="off"
        value={draft ?? text}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    </label>
  );
}
