/** The rows as a table, for the terminal and for the report. */

const head = ['measure', 'model', 'ours', 'peer', '', 'ratio', 'goal', ''];

/** Cells of one row. */
function cells(row) {
  const model = row.batch ? `${row.model}, batch ${row.batch}` : row.model;
  const verdict = row.reached === null ? '' : row.reached ? 'reached' : 'not reached';
  return [
    row.measure,
    model,
    quantity(row.ours, row.oursSpread, row.unit),
    row.peer === null ? '' : quantity(row.peer, row.peerSpread, row.unit),
    row.peerName,
    row.ratio === null ? '' : `${shown(row.ratio)} (${row.ratioOf})`,
    row.goal,
    verdict,
  ];
}

function quantity(value, [low, high], unit) {
  const range = low === high ? '' : ` (${shown(low)} to ${shown(high)})`;
  return `${shown(value)}${unit ? ` ${unit}` : ''}${range}`;
}

function shown(value) {
  return value >= 1000 ? value.toLocaleString('en-US', { maximumFractionDigits: 0 }) : String(value);
}

export function textTable(rows) {
  const lines = [head, ...rows.map(cells)];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function markdownTable(rows) {
  const line = (values) => `| ${values.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(cells(row)))].join('\n');
}
