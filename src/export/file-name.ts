import type { Sweep } from '../experiment/sweep/sweep';
import type { Experiment } from '../experiment/types';

const MAX_LENGTH = 60;

/**
 * A file name for something made from an experiment, without its extension: the experiment's title, or data set, model and bits; then
 * the seed. Letters of any script and digits are kept, everything else becomes a hyphen: "mnist-lenet-300-100-4bit-seed-1".
 */
export function fileName({ name, data, model, stages, seed }: Experiment): string {
  const bits = stages.findLast((stage) => stage.on && typeof stage.bits === 'number')?.bits;
  const parts = [data.dataset, model.id, bits === undefined ? 'float32' : `${bits}bit`];
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
