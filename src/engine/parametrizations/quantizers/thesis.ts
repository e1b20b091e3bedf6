import * as tf from '@tensorflow/tfjs-core';
import type { NestedPenalty } from '../../../numerics/quantizers/nested-penalty';
import { LEAST_SCALE, type NestedRounding } from '../../../numerics/quantizers/nested-scale';
import { nestedEncoding } from '../../../numerics/quantizers/uniform-encodings';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { nestedPenalty, nestedScale } from '../../kernels/nested';
import { assign } from '../../kernels/shared/assign';
import type { NestedGranularity } from '../../kernels/shared/attributes';
import { hasStarted } from '../delayed';
import type { Parametrization, ParametrizationFactory } from '../parametrization';
import { stateArray } from '../parametrization';

export type ThesisValues = {
  readonly learnedBy: 'threshold' | NestedPenalty;
  readonly lambda?: number;
  readonly fallback?: boolean;
  readonly allVote?: boolean;
  readonly gamma?: number;
  readonly thesisAxis: 'scalar' | 'row' | 'column' | 'channel';
  readonly rounding: NestedRounding;
  readonly firstScale: number;
  /** The stage's, in steps. */
  readonly delay?: number;
};

/**
 * The nested quantization layer of the thesis "Learned quantization" (github.com/anuunchin/learned-quantization): its scales are
 * trained by the same optimizer as the weights, by votes or by a penalty.
 */
export const thesisParametrization: ParametrizationFactory<ThesisValues> = ({ values, stage, shape, role, share, state }) => {
  const { learnedBy, lambda = 0, fallback = true, allVote = false, gamma = 0, rounding, firstScale, delay = 0 } = values;
  const granularity = role === 'bias' ? 'tensor' : thesisGranularity(values.thesisAxis, shape);
  const grid = scaleGrid(shape, granularity);
  const array = stateArray('scale', new Float32Array(grid.scales).fill(firstScale), [grid.scales], 1, state);
  const scale = array.variable;
  const parametrization: Parametrization = {
    kind: 'quantizer',
    stage,
    stepping: { rounding, limited: false },
    arrays: [array],
    apply(latent, context) {
      const votes = learnedBy === 'threshold' ? { votes: { lambda, fallback, allVote } } : {};
      // Until then no gradient comes through, and all weights would vote.
      const own = delay > 0 && context.training ? withGradientTimes(scale, hasStarted(context, delay)) : scale;
      return nestedScale(latent, own, { granularity, rounding, ...votes });
    },
    materialize: (latent, { scale: scales = new Float32Array(grid.scales).fill(firstScale) }) =>
      nestedEncoding(latent, { grid, scales, rounding }, granularity),
  };
  if (learnedBy === 'threshold') return parametrization;
  return {
    ...parametrization,
    penalty: (latent) => tf.mul(nestedPenalty(latent, scale, { penalty: learnedBy, granularity, rounding }), gamma * share),
    // Votes, inverse and bins only ever push a scale up.
    ...(learnedBy === 'inverse' || learnedBy === 'bins' ? {} : { afterStep: () => assign(scale, tf.maximum(scale, LEAST_SCALE)) }),
  };
};

/**
 * The thesis's names as axes. Dense weights (in, out): row-wise is one scale for each input, column-wise one for each output.
 * Convolutions (height, width, in, out): rows and columns are those of the window.
 */
export function thesisGranularity(name: ThesisValues['thesisAxis'], shape: readonly number[]): NestedGranularity {
  if (name === 'scalar') return 'tensor';
  const convolution = shape.length === 4;
  return { axis: { row: 0, column: 1, channel: convolution ? 2 : 0 }[name] };
}

/** x itself, whose gradient is multiplied by `factor`, []. */
function withGradientTimes(x: tf.Tensor, factor: tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((value, save) => {
    (save as tf.GradSaveFunc)([factor]);
    return {
      value: tf.clone(value as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0] as tf.Tensor),
    };
  });
  return operation(x);
}
