import type { KeptRun } from '../experiment/results/kept-run';
import { lastQuantizer } from '../experiment/stages/registry';
import type { Sweep } from '../experiment/sweep/sweep';
import type { RunRecord } from '../experiment/types/events';
import type { Experiment } from '../experiment/types/experiment';

/** A run record as the text of a JSON file: indented, ending in a line feed. What is not a finite number becomes null. */
export function recordText(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Runs as the text of a JSON file that the page imports: one run as it is, several as a list. */
export function runsText(runs: readonly KeptRun[]): string {
  return `${JSON.stringify(runs.length === 1 ? runs[0] : runs)}\n`;
}

const MAX_LENGTH = 60;

/**
 * A file name for something made from an experiment, without its extension: the experiment's title, or data set, model and bits, the
 * method of a quantizer without a number of bits; then the seed. Letters of any script and digits are kept, everything else becomes a
 * hyphen: "mnist-lenet-300-100-4bit-seed-1".
 */
export function fileName({ name, data, model, stages, seed }: Experiment): string {
  const quantizer = stages[lastQuantizer(stages)];
  const precision = typeof quantizer?.bits === 'number' ? `${quantizer.bits}bit` : (quantizer?.method ?? 'float32');
  const parts = [data.dataset, model.id, precision];
  return `${slug(name) || slug(parts.join(' '))}-seed-${seed}`;
}

/** A file name for a sweep: its title, or data set and model; then the word: "mnist-lenet-300-100-sweep". */
export function sweepFileName({ name, experiment: { data, model } }: Sweep): string {
  return `${slug(name) || slug(`${data.dataset} ${model.id}`)}-sweep`;
}

function slug(text: string): string {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return Array.from(words.join('-')).slice(0, MAX_LENGTH).join('').replace(/-$/, '');
}
