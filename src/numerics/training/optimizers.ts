/**
 * One step of each optimizer on typed arrays, in place. The gradient is only read.
 *
 * Arithmetic is double precision, rounded to float32 once per stored number; a GPU rounds after every operation, so that the two
 * agree to a few units in the last place, not to the bit. Weight decay is L2: weightDecay × w is added to the gradient before
 * anything else (it therefore passes through Adam's and RMSprop's scaling; Loshchilov and Hutter 2019 decouple it).
 */

export interface SgdOptions {
  /** Learning rate. */
  readonly lr: number;
  /** L2 coefficient; 0 or absent for none. */
  readonly weightDecay?: number;
}

export interface MomentumOptions extends SgdOptions {
  /** Share of the velocity that is kept, 0 … 1. */
  readonly momentum: number;
}

export interface AdamOptions extends SgdOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Number of this step, from 1: the bias correction needs it. */
  readonly step: number;
}

export interface RmspropOptions extends SgdOptions {
  /** Decay of the mean square. */
  readonly decay: number;
  readonly epsilon: number;
}

/** Gradient descent: w ← w − lr g. */
export function sgdStep(weights: Float32Array, gradient: Float32Array, { lr, weightDecay = 0 }: SgdOptions): void {
  checkLengths(weights, gradient);
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] as number;
    weights[i] = w - lr * ((gradient[i] as number) + weightDecay * w);
  }
}

/** Classical momentum as in Caffe and tfjs (Polyak 1964): v ← μ v + g, w ← w − lr v. */
export function momentumStep(weights: Float32Array, gradient: Float32Array, velocity: Float32Array, options: MomentumOptions): void {
  checkLengths(weights, gradient, velocity);
  const { lr, momentum, weightDecay = 0 } = options;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] as number;
    const v = momentum * (velocity[i] as number) + ((gradient[i] as number) + weightDecay * w);
    velocity[i] = v;
    weights[i] = w - lr * v;
  }
}

/**
 * Adam with bias-corrected moments (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1):
 * m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², w ← w − lr m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁^t), v̂ = v / (1 − β₂^t).
 */
export function adamStep(
  weights: Float32Array,
  gradient: Float32Array,
  firstMoment: Float32Array,
  secondMoment: Float32Array,
  options: AdamOptions,
): void {
  checkLengths(weights, gradient, firstMoment, secondMoment);
  const { lr, beta1, beta2, epsilon, step, weightDecay = 0 } = options;
  if (!(step >= 1)) throw new RangeError(`Adam counts its steps from 1, not ${step}.`);
  const rate = lr / (1 - beta1 ** step);
  const correction = 1 / (1 - beta2 ** step);
  const new1 = 1 - beta1;
  const new2 = 1 - beta2;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] as number;
    const g = (gradient[i] as number) + weightDecay * w;
    const m = beta1 * (firstMoment[i] as number) + new1 * g;
    const v = beta2 * (secondMoment[i] as number) + new2 * g * g;
    firstMoment[i] = m;
    secondMoment[i] = v;
    weights[i] = w - (rate * m) / (Math.sqrt(v * correction) + epsilon);
  }
}

/**
 * RMSprop without momentum, not centred, as in tfjs (Tieleman and Hinton 2012, lecture 6.5):
 * s ← ρ s + (1 − ρ) g², w ← w − lr g / √(s + ε). Note that ε is inside the root.
 */
export function rmspropStep(weights: Float32Array, gradient: Float32Array, meanSquare: Float32Array, options: RmspropOptions): void {
  checkLengths(weights, gradient, meanSquare);
  const { lr, decay, epsilon, weightDecay = 0 } = options;
  const fresh = 1 - decay;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] as number;
    const g = (gradient[i] as number) + weightDecay * w;
    const s = decay * (meanSquare[i] as number) + fresh * g * g;
    meanSquare[i] = s;
    weights[i] = w - (lr * g) / Math.sqrt(s + epsilon);
  }
}

function checkLengths(weights: Float32Array, ...others: readonly Float32Array[]): void {
  for (const { length } of others) {
    if (length !== weights.length) throw new RangeError(`${weights.length} weights cannot be updated from an array of ${length} numbers.`);
  }
}
