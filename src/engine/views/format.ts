import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/parameter';
import { numberTarget } from '../../experiment/quantizers/number-formats';
import { drawSeed } from '../../numerics/draw-seed';
import { elementOf } from '../../numerics/element';
import { encodeTarget, type NumberTarget, targetGrid } from '../../numerics/number-target';
import { Purpose } from '../../numerics/rng';
import { isStochastic, type Rounding } from '../../numerics/rounding';
import { type Granularity, type ScaleGrid, scaleGrid } from '../../numerics/scale-grid';
import { roundingDraws } from '../../numerics/uniform';
import type { StepContext } from '../device/step-context';
import { STORED_STEP } from '../device/step-table';
import { assign } from '../kernels/assign';
import { randomUniform } from '../kernels/random-uniform';
import { roundTensor } from '../kernels/round-to-grid';
import type { RoundToGridAttributes } from '../kernels/round-to-grid-attributes';
import type { ViewFactory } from './view';

export interface FormatSettings extends Values {
  readonly rounding: Rounding;
  /** 'float32': full-precision weights are trained under the rounded ones. 'format': the weights are numbers of the format. */
  readonly updates: 'float32' | 'format';
  readonly delay: number;
}

/**
 * Weights in a small number format (arXiv 2209.05433, 2310.10537, 2509.25149, 1502.02551), straight-through. With updates in the format every
 * updated weight is rounded after the optimizer's step: what is lost there is lost.
 */
export const formatView: ViewFactory<FormatSettings> = ({ values, stage, shape, role, index, seed }) => {
  const { rounding, updates, delay } = values;
  const target = numberTarget(values, '');
  // Weights that meet in a product share a scale.
  const granularity: Granularity = role === 'bias' || target.kind !== 'blocks' ? 'tensor' : { inputs: target.size };
  const layout = scaleGrid(shape, granularity);
  const stream = { seed: drawSeed(seed, Number(values.draw ?? 1)), purpose: Purpose.rounding + 16 * index };
  const rounded = (x: tf.Tensor, by: Rounding, context: StepContext) => roundTo(x, target, layout, by, stream, context);
  return {
    kind: 'quantizer',
    stage,
    arrays: [],
    countsUpdates: true,
    // Numbers of the format need no draws: only where training begins is there anything to round.
    apply: (latent, context) => rounded(latent, updates === 'format' && context.training ? 'nearest-even' : rounding, context),
    ...(updates === 'format' && {
      afterStep(latent: tf.Variable, context: StepContext) {
        const next = rounded(latent, rounding, context);
        assign(latent, delay > 0 ? tf.where(tf.greaterEqual(context.scalar('elapsed'), delay), next, latent) : next);
      },
    }),
    materialize(latent) {
      const draws = isStochastic(rounding) ? roundingDraws(latent.length, rounding, { ...stream, step: STORED_STEP }) : undefined;
      return encodeTarget(latent, shape, target, granularity, rounding, draws);
    },
  };
};

/** Rounds to what is aimed at, straight-through. @param layout which numbers share a scale */
export function roundTo(
  x: tf.Tensor,
  target: NumberTarget,
  layout: ScaleGrid,
  rounding: Rounding,
  stream: { readonly seed: number; readonly purpose: number },
  context: StepContext,
): tf.Tensor {
  const shared = blocksOf(target, layout);
  const attributes = { grid: targetGrid(target), rounding, ...(shared && { blocks: shared }) };
  return roundTensor(x, attributes, () => randomUniform(x.shape, stream, context));
}

function blocksOf(target: NumberTarget, layout: ScaleGrid): RoundToGridAttributes['blocks'] {
  if (target.kind !== 'blocks') return undefined;
  const { maxExponent, maxFinite } = elementOf(target.element);
  return target.scale === 'e8m0' ? { layout, scale: 'e8m0', maxExponent } : { layout, scale: 'e4m3fn', maxFinite };
}
