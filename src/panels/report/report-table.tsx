interface Props {
  readonly label: string;
  readonly head: readonly string[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly string[])[];
  /** The last row is the sum of those above. */
  readonly sum?: readonly string[];
  /** Cells are words, not figures. */
  readonly words?: boolean;
}

/** A table of a report: names to the left, figures to the right. It scrolls sideways where a screen is narrow. */
export function ReportTable({ label, head, rows, sum, words = false }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="report-table" aria-label={label} tabIndex={0} data-words={words || undefined}>
      <table>
        <thead>
          <tr>
            {head.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beyond their place
            <Row key={i} row={row} />
          ))}
        </tbody>
        {sum ? (
          <tfoot>
            <Row row={sum} />
          </tfoot>
        ) : null}
      </table>
    </section>
  );
}

function Row({ row: [name, ...cells] }: { readonly row: readonly string[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {cells.map((text, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns are fixed
        <td key={i}>{text}</td>
      ))}
    </tr>
  );
}
