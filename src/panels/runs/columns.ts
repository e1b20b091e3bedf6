import type { KeptRun } from '../../experiment/results/kept-run';
import { bitsPerWeight, compressionRate } from '../../numerics/measures/ledger';
import { bytesShort, count, duration, fixed, percent, times } from '../../numerics/measures/number-words';
import { backendLabel, datasetLabel, modelLabel, runDate } from '../labels';

/** A column of the table of runs. */
export interface Column {
  readonly id: string;
  readonly label: string;
  /** What it is sorted by. */
  readonly value: (run: KeptRun) => number | string;
  /** What it shows. */
  readonly text: (run: KeptRun) => string;
  /** For a mean over seeds and its spread; absent where a mean makes no sense. */
  readonly figure?: (value: number) => string;
  /** Sorted first from the highest. */
  readonly descending?: boolean;
}

function measured(
  id: string,
  label: string,
  value: (run: KeptRun) => number,
  figure: (value: number) => string,
  descending = false,
): Column {
  return { id, label, value, text: (run) => figure(value(run)), figure, descending };
}

/** Every column that can be chosen, in the order of the table. The name is always there. */
export const columns: readonly Column[] = [
  measured(
    'accuracy',
    'Test accuracy',
    ({ record }) => record.testAccuracy,
    (value) => percent(value, 2),
    true,
  ),
  measured(
    'validation',
    'Validation accuracy',
    ({ record }) => record.valAccuracy,
    (value) => percent(value, 2),
    true,
  ),
  measured(
    'bits',
    'Bits per weight',
    ({ record }) => bitsPerWeight(record.ledger),
    (value) => fixed(value, 2),
  ),
  measured('smaller', 'Times smaller', ({ record }) => compressionRate(record.ledger), times, true),
  measured('file', 'File', ({ record }) => record.ledger.totalBits / 8, bytesShort),
  measured('steps', 'Training steps', ({ record }) => record.steps, count),
  measured('seconds', 'Time', ({ record }) => record.seconds, duration),
  { id: 'seed', label: 'Seed', value: ({ record }) => record.seed, text: ({ record }) => String(record.seed) },
  { id: 'model', label: 'Model', value: modelOf, text: modelOf },
  { id: 'data', label: 'Data', value: dataOf, text: dataOf },
  { id: 'backend', label: 'Backend', value: backendOf, text: backendOf },
  { id: 'saved', label: 'Saved', value: ({ createdAt }) => createdAt, text: runDate, descending: true },
];

/** Those that are there until a person chooses. */
export const usualColumns: readonly string[] = ['accuracy', 'bits', 'file', 'seed', 'saved'];

function modelOf({ record }: KeptRun): string {
  return modelLabel(record.experiment.model.id);
}

function dataOf({ record }: KeptRun): string {
  return datasetLabel(record.experiment.data.dataset);
}

function backendOf({ record }: KeptRun): string {
  return backendLabel(record.backend.name);
}
