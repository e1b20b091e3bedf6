/**
 * Noise that stands for rounding: training sees random errors as large as those of the grid, and learns weights that do not
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
