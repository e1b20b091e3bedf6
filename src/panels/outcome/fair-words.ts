import type { FairFloat } from '../../experiment/program/fair-float';
import { count, fixed, percent, plural } from '../../numerics/measures/number-words';

/**
 * What is said of a comparison with float32, and what is offered.
 * @param own test accuracy of the compressed model, 0 … 1
 * @param float that of float32 with the same steps; null while there is none
 */
export function fairWords(
  { steps, before }: Pick<FairFloat, 'steps' | 'before'>,
  own: number,
  float: number | null,
  running: boolean,
): { readonly text: string; readonly offer: { readonly text: string; readonly steps: string } | null } {
  const same = plural(steps, 'step');
  if (float !== null) {
    const points = (own - float) * 100;
    const difference = Math.abs(points) < 0.05 ? 'equal to it' : `${fixed(Math.abs(points), 1)} points ${points < 0 ? 'below' : 'above'}`;
    return { text: `Float32 trained for the same ${same}: ${percent(float)}. This model is ${difference}.`, offer: null };
  }
  if (running) return { text: `Float32 is being trained for the same ${same}, beside this run.`, offer: null };
  const text =
    before > 0
      ? `Not yet fair: this model had ${same} of training, float32 had ${count(before)}.`
      : 'This program has no float32 model to compare with.';
  return { text, offer: { text: `Train float32 for ${same} too`, steps: same } };
}
