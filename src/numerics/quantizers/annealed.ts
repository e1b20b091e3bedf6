/** How a strength or a sharpness changes while a stage trains. Progress goes from 0 to 1. */

/** from × (to / from)^progress: grows by the same factor in every step. Both are more than 0. */
export function geometric(progress: number, from: number, to: number): number {
  return from * (to / from) ** progress;
}

/** 0 until `start`, then a straight line that reaches 1 at the end. @param start 0 … less than 1 */
export function ramp(progress: number, start: number): number {
  return Math.max(0, (progress - start) / (1 - start));
}

/**
 * A staircase without jumps: smooth within each step, increasing, with a true gradient.
 * Agustsson and Theis 2020 (arXiv 2006.09952).
 */

/**
 * ⌊x⌋ + 1/2 + tanh(a r) / (2 tanh(a / 2)) with r = x − ⌊x⌋ − 1/2. Whole numbers stay where they are.
 * @param sharpness a > 0: towards 0 it is the identity, towards infinity rounding to the nearest whole number
 */
export function softRound(x: number, sharpness: number): number {
  const floor = Math.floor(x);
  return floor + 0.5 + Math.tanh(sharpness * (x - floor - 0.5)) / (2 * Math.tanh(sharpness / 2));
}

/** Its derivative by x: a (1 − tanh²(a r)) / (2 tanh(a / 2)). */
export function softRoundSlope(x: number, sharpness: number): number {
  const t = Math.tanh(sharpness * (x - Math.floor(x) - 0.5));
  return (sharpness * (1 - t * t)) / (2 * Math.tanh(sharpness / 2));
}

/** Steps towards quantized weights: proximal operators. Float32 arithmetic. */

/**
 * The proximal operator of λ × Σ ||w| − α|: moves |w| by λ towards α, and not beyond it. 0 counts as positive.
 * Bai, Wang and Liberty 2019, ProxQuant (arXiv 1810.00861), with α = 1 there.
 */
export function proxBinary(w: number, strength: number, alpha = 1): number {
  const magnitude = Math.abs(w);
  const moved = Math.min(Math.max(alpha, Math.fround(magnitude - strength)), Math.fround(magnitude + strength));
  return w >= 0 ? moved : -moved;
}

/**
 * (w + λ q) / (1 + λ): the proximal operator of λ / 2 × (w − q)², where q is the quantized weight; w at λ = 0, q as λ grows.
 * ProxQuant takes such a step after each update (arXiv 1810.00861); BinaryRelax shows it to the network (Yin et al.
 * 2018, arXiv 1801.06313).
 */
export function moveToward(w: number, quantized: number, strength: number): number {
  return Math.fround(Math.fround(w + Math.fround(strength * quantized)) / Math.fround(1 + strength));
}

/**
 * Noise in place of rounding: training sees random errors as large as those of the grid, and learns weights that do not
 * mind them. Baskin et al. 2018 (arXiv 1804.10969) add it to all weights; Fan et al. 2020, Quant-Noise (arXiv 2004.07320),
 * disturb a random part of them and leave the others exact.
 */

/**
 * The error of one weight: 0 with probability 1 − share, else uniform between −scale / 2 and scale / 2. Its mean is 0, its
 * variance share × scale² / 12.
 * @param draw uniform in [0, 1): chooses the weight, and what is left of it is the error
 */
export function weightNoise(draw: number, share: number, scale: number): number {
  return isChosen(draw, share) ? Math.fround(scale * Math.fround(Math.fround(draw / share) - 0.5)) : 0;
}

/** Whether this weight gets noise in this step. */
export function isChosen(draw: number, share: number): boolean {
  return draw < share;
}
