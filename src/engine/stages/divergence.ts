import type { RunEvent } from '../../experiment/events';
import { trains } from '../../experiment/stages/registry';
import type { Stage } from '../../experiment/types';

export type Failure = Extract<RunEvent, { type: 'failed' }>;

/** The end of a run whose numbers left the range of floats. @param step training steps done, over all stages, this one included */
export function divergence(what: 'loss' | 'weights', step: number, stage: Stage | undefined): Failure {
  const found = what === 'loss' ? `The loss stopped being a number at step ${step}` : `A weight stopped being a number by step ${step}`;
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
