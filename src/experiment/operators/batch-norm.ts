import type { OperatorDefinition } from './operator';

export interface BatchNormLayer {
  readonly type: 'batchNorm';
  readonly name: string;
  readonly momentum: number;
  readonly epsilon: number;
}

/** Batch normalization over all axes but the last. Ioffe and Szegedy 2015 (arXiv 1502.03167). */
export const batchNorm: OperatorDefinition<BatchNormLayer> = {
  type: 'batchNorm',
  perChannel: true,
  parameters(_layer, input) {
    const channels = input.at(-1) ?? 0;
    return (['gamma', 'beta', 'mean', 'variance'] as const).map((role) => {
      const trainable = role === 'gamma' || role === 'beta';
      return { part: role, role, shape: [channels], trainable, fanIn: channels, fanOut: channels };
    });
  },
};
