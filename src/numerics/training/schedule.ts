/** Learning-rate schedules as pure functions of the step. */

export interface ScheduleOptions {
  readonly schedule: 'constant' | 'step' | 'two-drops' | 'cosine' | 'exponential';
  /** Base learning rate. */
  readonly lr: number;
  /** Step schedule: steps between drops. */
  readonly dropEvery?: number;
  /** Step schedule: factor at each drop. */
  readonly dropFactor?: number;
  /** Two drops: when, in percent of the stage, and the factor of each. */
  readonly firstDrop?: number;
  readonly firstFactor?: number;
  readonly secondDrop?: number;
  readonly secondFactor?: number;
  /** Cosine schedule: share of `lr` that is left at the end, 0 … 1. */
  readonly floor?: number;
  /** Exponential schedule: share of `lr` that is left at the end, above 0. */
  readonly endFactor?: number;
  /** Steps of linear warm-up; 0 or absent for none. */
  readonly warmup?: number;
}

/**
 * The learning rate of one step.
 *
 * - constant: lr
 * - step: lr × dropFactor^⌊step / dropEvery⌋
 * - two-drops: lr × firstFactor once firstDrop % of the stage's steps are over, × secondFactor too once secondDrop % are
 * - cosine: lr × (floor + (1 − floor) (1 + cos π p) / 2), where p goes from 0 at the end of the warm-up to 1 at `steps`
 *   (Loshchilov and Hutter 2017, arXiv 1608.03983, equation 5, without restarts)
 * - exponential: lr × endFactor^p, with the same p
 *
 * The first `warmup` steps are multiplied by (step + 1) / (warmup + 1): a straight line from near 0 that reaches 1 just after them
 * (Goyal et al. 2017, arXiv 1706.02677, section 2.2).
 * @param step 0 … steps − 1, counted within the stage
 * @param steps length of the stage
 */
export function learningRate(options: ScheduleOptions, step: number, steps: number): number {
  const { schedule, lr, dropEvery = 0, dropFactor = 1, floor = 0, endFactor = 1, warmup = 0 } = options;
  const warm = step < warmup ? (step + 1) / (warmup + 1) : 1;
  if (schedule === 'step') return warm * lr * (dropEvery > 0 ? dropFactor ** Math.floor(step / dropEvery) : 1);
  if (schedule === 'two-drops') return warm * lr * dropped(options, step, steps);
  const length = steps - warmup;
  const done = length > 0 ? Math.min(1, Math.max(0, (step - warmup) / length)) : 0;
  if (schedule === 'cosine') return warm * lr * (floor + ((1 - floor) * (1 + Math.cos(Math.PI * done))) / 2);
  if (schedule === 'exponential') return warm * lr * endFactor ** done;
  return warm * lr;
}

function dropped(options: ScheduleOptions, step: number, steps: number): number {
  const { firstDrop = 100, firstFactor = 1, secondDrop = 100, secondFactor = 1 } = options;
  // Products of whole numbers: no rounding decides when it drops.
  const over = (percent: number) => step * 100 >= percent * steps;
  return (over(firstDrop) ? firstFactor : 1) * (over(secondDrop) ? secondFactor : 1);
}
