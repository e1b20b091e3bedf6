import { lowRankMacs } from '../../numerics/structures/low-rank';
import { biasSpec, type OperatorDefinition, type PartSpec, size } from './operator';

/** A dense layer whose matrix is the product of two thin ones. */
export interface LowRankLayer {
  readonly type: 'lowRank';
  readonly name: string;
  readonly units: number;
  readonly rank: number;
}

/** y = (x L) R + b, L (in, rank), R (rank, units). */
export const lowRank: OperatorDefinition<LowRankLayer> = {
  type: 'lowRank',
  linear: true,
  outputs: 'right',
  inputs: 'left',
  withUnits: (layer, units) => ({ ...layer, units }),
  factors: true,
  parameters({ units, rank }, input) {
    const inputs = size(input);
    // Products of the two have the variance of Glorot's normal weights: rank × std⁴ = 2 ÷ (in + out).
    const init = { normal: (2 / (inputs + units) / rank) ** 0.25 };
    const factor = (part: string, fanIn: number, fanOut: number): PartSpec => ({
      ...{ part, role: 'weights', shape: [fanIn, fanOut], trainable: true, fanIn, fanOut, init },
    });
    return [factor('left', inputs, rank), factor('right', rank, units), biasSpec(units, rank, units)];
  },
  shapeAfter: ({ units }) => [units],
  macs: ({ units, rank }, input) => lowRankMacs(size(input), units, rank),
};
