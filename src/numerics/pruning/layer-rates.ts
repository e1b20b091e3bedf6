/** What decides how much of the amount a tensor of weights loses. */
export interface RatedLayer {
  /** Name of its layer. */
  readonly layer: string;
  /** A convolution's weights have four axes. */
  readonly shape: readonly number[];
}

/**
 * The part of the amount that each tensor loses: convolutions and the output layer may lose less than the others. The lottery ticket
 * paper prunes the output layer at half the rate, and convolutions of Conv-2 and Conv-4 at half (Frankle and Carbin 2019,
 * arXiv 1803.03635, figure 2).
 * @param tensors in the order of the network; those of the last layer are the output's
 * @param percent of the amount: 100 is all of it
 * @returns a number for each tensor, 0 … 1
 */
export function layerRates(tensors: readonly RatedLayer[], percent: { readonly conv: number; readonly output: number }): number[] {
  const output = tensors.at(-1)?.layer;
  return tensors.map(({ layer, shape }) => (layer === output ? percent.output : shape.length === 4 ? percent.conv : 100) / 100);
}
