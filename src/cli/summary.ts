import { stdout } from 'node:process';
import { stageOfStep, withRound } from '../experiment/program/unroll';
import type { RunRecord } from '../experiment/types/events';
import { compressionRate } from '../numerics/measures/ledger';
import { bits, bitsShort, bytesShort, count, duration, fixed, percent, significant, times } from '../numerics/measures/number-words';

/** A run as a short table for a terminal: what each stage left, and what the model costs. */
export function summarize(record: RunRecord): string {
  const { experiment, backend, ledger, stages } = record;
  const rows = [
    ['', 'stage', 'steps', 'validation', 'test', 'size', 'time'],
    ...stages.map((s) => [
      String(stageOfStep(experiment.stages, s.stage) + 1),
      withRound(experiment.stages, s.stage, s.kind),
      count(s.steps),
      percent(s.valAccuracy, 2),
      percent(s.testAccuracy, 2),
      bitsShort(s.totalBits),
      duration(s.seconds),
    ]),
  ];
  const facts: [string, string][] = [
    ['test accuracy', percent(record.testAccuracy, 2)],
    ['train loss', record.trainLoss === null ? 'nothing was trained' : significant(record.trainLoss)],
    [
      'model file',
      `${bits(ledger.totalBits)} (${bytesShort(ledger.totalBits / 8)}), ${times(compressionRate(ledger))} smaller than float32`,
    ],
    ...lostUpdates(record),
    ['bits per weight', fixed(ledger.totalBits / ledger.weights, 2)],
    ['digest', record.digest],
    ['link', record.url],
  ];
  const title = [experiment.name || experiment.model.id, experiment.data.dataset, `seed ${record.seed}`, backend.name, backend.adapter];
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    title.filter((word) => word !== '').join(' · '),
    '',
    ...table(rows),
    '',
    ...facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    '',
  ].join('\n');
}

/** Weights that the last step left as they were, where weights are in a number format. */
function lostUpdates({ stages }: RunRecord): [string, string][] {
  const shares = Object.entries(stages.findLast(({ zeroUpdates }) => zeroUpdates)?.zeroUpdates ?? {});
  return shares.length > 0 ? [['zero updates', shares.map(([name, share]) => `${name} ${percent(share)}`).join(', ')]] : [];
}

/** Columns set flush: words to the left, numbers to the right; the header dim where the terminal can. */
function table(rows: readonly (readonly string[])[]): string[] {
  const [header = []] = rows;
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '));
  const [first = '', ...rest] = lines;
  return [stdout.isTTY ? `\x1b[2m${first}\x1b[22m` : first, ...rest];
}
