import { Download } from 'lucide-react';
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import styles from './chart-frame.module.css';

/** A button that offers its figure as SVG or PNG. The export code is loaded on demand. */
export function SavePicture({ title }: { readonly title: string }) {
  const holder = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState('');
  const save = async (kind: 'svg' | 'png') => {
    const figure = holder.current?.closest('figure');
    if (!figure) return;
    try {
      const { saveFigure } = await import('../export/export-figure');
      await saveFigure(figure, title, kind);
      setOpen(false);
    } catch {
      setProblem('It could not be saved.');
    }
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    holder.current?.querySelector('button')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: closes what its buttons opened
    <span ref={holder} className={styles.save} onBlur={onBlur} onKeyDown={onKeyDown}>
      <button
        type="button"
        className={styles.tool}
        aria-expanded={open}
        aria-label={`Save ${title} as a picture`}
        title="Save as a picture"
        onClick={() => [setOpen(!open), setProblem('')]}
      >
        <Download size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
      {open && (
        <span className={styles.saveMenu}>
          {(['svg', 'png'] as const).map((kind) => (
            <button key={kind} type="button" className={styles.tool} onClick={() => save(kind)}>
              {kind.toUpperCase()}
            </button>
          ))}
          {problem !== '' && <span role="status">{problem}</span>}
        </span>
      )}
    </span>
  );
}
