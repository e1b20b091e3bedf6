import { Table2 } from 'lucide-react';
import { createContext, type ReactNode, useContext, useId, useState } from 'react';
import styles from './chart-frame.module.css';
import { SavePicture } from './save-picture';

export interface ChartTable {
  readonly head: readonly string[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly string[])[];
}

interface Props {
  readonly title: string;
  readonly subtitle?: ReactNode;
  /** One sentence that says what the picture shows. */
  readonly summary: string;
  /** What lies under the pointer or the keyboard's cursor; replaces the summary. */
  readonly readout?: string | null;
  /** Made only when the table is open. */
  readonly table: () => ChartTable;
  /** Controls beside the title. */
  readonly tools?: ReactNode;
  /** Said instead of the picture while there is nothing to draw, over a ghost of the picture: a path in a box of 100 × 60. */
  readonly empty?: { readonly text: string; readonly ghost: string };
  /** Fill the space that the parent gives, or be as high as the picture. */
  readonly height?: 'fill' | 'content';
  readonly children: ReactNode;
}

/** What every chart has around its picture: title, subtitle, sentence, readout, the same data as a table, a designed empty state. */
export function ChartFrame({ title, subtitle, summary, readout, table, tools, empty, height = 'fill', children }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const showTable = open && !empty;
  const recorded = useContext(RecordedPictures) && !empty;
  // The sign takes the place of words; a legend stays.
  const beside = recorded && typeof subtitle === 'string' ? undefined : subtitle;
  return (
    <figure
      className={styles.frame}
      data-height={height}
      data-empty={empty ? true : undefined}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-summary`}
    >
      <header className={styles.header}>
        <div className={styles.words}>
          <h3 id={`${id}-title`} className={styles.title}>
            {title}
          </h3>
          {recorded && <RecordedSign tight={beside !== undefined} />}
          {beside !== undefined && <span className={styles.subtitle}>{beside}</span>}
        </div>
        <span className={styles.tools} data-export="skip">
          {tools}
          {!empty && !open && <SavePicture title={title} />}
          {!empty && (
            <button
              type="button"
              className={styles.tool}
              aria-pressed={open}
              aria-label={`${title} as a table`}
              title={open ? 'Show the picture' : 'Show as a table'}
              onClick={() => setOpen(!open)}
            >
              <Table2 size={14} strokeWidth={1.75} aria-hidden="true" />
            </button>
          )}
        </span>
      </header>
      <div className={styles.picture}>
        {empty ? <Empty text={empty.text} ghost={empty.ghost} /> : showTable ? <Table title={title} table={table()} /> : children}
      </div>
      <figcaption className={styles.caption}>
        <span id={`${id}-summary`} className={readout ? styles.hidden : undefined}>
          {empty ? '' : summary}
        </span>
        <span>{readout}</span>
      </figcaption>
    </figure>
  );
}

function Empty({ text, ghost }: { text: string; ghost: string }) {
  return (
    <div className={styles.empty}>
      <svg viewBox="0 0 100 60" preserveAspectRatio="none" aria-hidden="true">
        <path d={ghost} />
      </svg>
      <p>{text}</p>
    </div>
  );
}

function Table({ title, table }: { title: string; table: ChartTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.table} aria-label={`${title}, table`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.head.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beyond their place
            <tr key={i}>
              <th scope="row">{row[0]}</th>
              {row.slice(1).map((text, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are fixed
                <td key={j}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Whether the pictures inside are of a run that was made earlier: each of them then says so. */
export const RecordedPictures = createContext(false);

/** The hatching and the word by which everything recorded is known. @param tight no room for the word: readers hear it, a pointer shows it */
export function RecordedSign({ children = 'recorded', tight = false }: { readonly children?: string; readonly tight?: boolean }) {
  return (
    <span className={styles.sign} title={tight ? children : undefined}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M0 4L4 0M0 8L8 0M0 12L12 0M4 12L12 4M8 12L12 8" />
      </svg>
      <span className={tight ? 'visually-hidden' : undefined}>{children}</span>
    </span>
  );
}
