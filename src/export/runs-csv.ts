import { describeExperiment } from '../experiment/program/describe';
import type { KeptRun } from '../experiment/results/kept-run';
import { bitsPerWeight, compressionRate } from '../numerics/measures/ledger';

const LINE_END = '\r\n';
export const RUN_HEAD = [
  'name',
  'created',
  'test accuracy',
  'validation accuracy',
  'bits per weight',
  'times smaller',
  'file bytes',
  'training steps',
  'seconds',
  'backend',
  'adapter',
  'seed',
  'configuration',
  'link',
  'digest',
  'origin',
  'sweep',
  'note',
];

/** Kept runs as a CSV table (RFC 4180), a run a row. Accuracies are shares, 0 … 1; sizes are those of the model file. */
export function runsCsv(runs: readonly KeptRun[]): string {
  return csvText([RUN_HEAD, ...runs.map(runCells)]);
}

/** The cells below `RUN_HEAD`. */
export function runCells({ name, createdAt, record, origin, sweep, note }: KeptRun): readonly (string | number)[] {
  const { ledger, backend, experiment } = record;
  return [
    name,
    createdAt,
    record.testAccuracy,
    record.valAccuracy,
    bitsPerWeight(ledger),
    compressionRate(ledger),
    ledger.totalBits / 8,
    record.steps,
    record.seconds,
    backend.name,
    backend.adapter,
    record.seed,
    describeExperiment(experiment),
    record.url,
    record.digest,
    origin,
    sweep ? `${sweep.id} ${sweep.index}` : '',
    note,
  ];
}

/** Rows as a CSV table. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => row.map(field).join(',') + LINE_END).join('');
}

/** A cell; text that a spreadsheet would take for a formula gets an apostrophe in front. */
function field(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
