import { type FormEvent, useId, useState } from 'react';
import type { KeptRun } from '../../experiment/results/kept-run';
import { describeRun } from '../../state/kept/runs-store';
import { Button } from '../../ui/button';
import styles from './runs.module.css';
import { tagsOf } from './tags';

/** Name, tags and note of a run. Enter saves them, Escape leaves them as they were. */
export function RunWords({ run, onDone }: { readonly run: KeptRun; readonly onDone: () => void }) {
  const id = useId();
  const [name, setName] = useState(run.name);
  const [tags, setTags] = useState(run.tags?.join(', ') ?? '');
  const [note, setNote] = useState(run.note);
  const keep = (event: FormEvent) => {
    event.preventDefault();
    void describeRun(run.id, { name: name.trim(), note: note.trim(), tags: tagsOf(tags) });
    onDone();
  };
  return (
    <form
      className={styles.words}
      onSubmit={keep}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Escape would close the dialog.
        event.stopPropagation();
        onDone();
      }}
    >
      <label htmlFor={`${id}-name`}>Name</label>
      <input
        id={`${id}-name`}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
        autoFocus
        maxLength={200}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <label htmlFor={`${id}-tags`}>Tags</label>
      <input
        id={`${id}-tags`}
        maxLength={400}
        autoComplete="off"
        placeholder="baseline, report"
        value={tags}
        onChange={(event) => setTags(event.target.value)}
      />
      <label htmlFor={`${id}-note`}>Note</label>
      <textarea id={`${id}-note`} rows={2} maxLength={5000} value={note} onChange={(event) => setNote(event.target.value)} />
      <div className={styles.wordsButtons}>
        <Button small type="submit">
          Save
        </Button>
        <Button small variant="quiet" onPress={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
