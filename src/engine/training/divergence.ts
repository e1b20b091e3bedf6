import { trains } from '../../experiment/stages/registry';
import type { RunEvent } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import type { Network } from '../network/network';

export type Failure = Extract<RunEvent, { type: 'failed' }>;

/** The end of a run whose numbers left the range of floats. @param step training steps done, over all stages, this one included */
export function divergence(what: 'loss' | 'weights', step: number, stage: Stage | undefined): Failure {
  const found = what === 'loss' ? `The loss became NaN or infinite at step ${step}` : `A weight became NaN or infinite by step ${step}`;
  const rate = stage && trains(stage) ? ` (now ${stage.lr})` : '';
  return {
    type: 'failed',
    message: `${found}: the weights grew without bound.`,
    advice: `Lower the learning rate${rate}, add warm-up, or normalize the pixels; then reset.`,
  };
}

export function allFinite(values: Readonly<Record<string, Float32Array>>): boolean {
  return Object.values(values).every((array) => array.every(Number.isFinite));
}

/** By parameter name. */
type Values<T = Float32Array> = Readonly<Record<string, T>>;

/** Whether some parametrization wants to know how many weights a step leaves as they are. */
export function countsUpdates(network: Network): boolean {
  return network.parameters.some(({ parametrizations }) => parametrizations.some((parametrization) => parametrization.countsUpdates));
}

/**
 * Share of each layer's weights that are the same, to the bit, as they were before a step.
 * (Gupta et al. 2015, arXiv 1502.02551, section 4, on why rounding to nearest fails.)
 */
export function unchangedSince(before: Values, { weights }: Network, after: Values): Values<number> {
  return Object.fromEntries(weights.map(({ spec: { name } }) => [name, unchanged(before[name], after[name])]));
}

function unchanged(before: Float32Array = new Float32Array(), after: Float32Array = new Float32Array()): number {
  let count = 0;
  for (let i = 0; i < before.length; i++) if (before[i] === after[i]) count++;
  return count / before.length;
}
