import * as tf from '@tensorflow/tfjs-core';
import type { LowRankLayer } from '../../experiment/operators/low-rank';
import { lowRankMatrix, lowRankProjection, lowRankSaves } from '../../numerics/structures/low-rank';
import { dense, flat } from './dense';
import type { Operator, Structure } from './operator';

/** y = (x L) R + b. The twin is numerics/structures/low-rank. */
export const lowRankOperator: Operator<LowRankLayer> = {
  forward(x, _layer, { value, relu }) {
    const inner = tf.matMul(flat(x), value('left') as tf.Tensor2D);
    return dense(inner as tf.Tensor2D, value('right') as tf.Tensor2D, value('bias') as tf.Tensor1D, relu);
  },
};

/** The truncated singular value decomposition: least squared distance among all products of this rank (Eckart and Young 1936). */
export const lowRankStructure: Structure = {
  layer(name, { inputs, units }, { rank }) {
    return lowRankSaves(inputs, units, Number(rank)) ? { type: 'lowRank', name, units, rank: Number(rank) } : undefined;
  },
  project: (matrix, { inputs, units }, { rank }) => ({ ...lowRankProjection(matrix, inputs, units, Number(rank)) }),
  matrix: ({ left = new Float32Array(), right = new Float32Array() }, { inputs, units }, { rank }) =>
    lowRankMatrix(left, right, inputs, Number(rank), units),
};
