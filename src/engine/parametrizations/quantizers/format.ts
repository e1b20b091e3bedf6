import * as tf from '@tensorflow/tfjs-core';
import { numberTarget } from '../../../experiment/methods/quantizers/number-formats';
import type { Values } from '../../../experiment/settings/setting';
import { elementOf } from '../../../numerics/formats/element';
import { encodeTarget, type NumberTarget, targetGrid } from '../../../numerics/quantizers/number-target';
import { drawSeed, Purpose } from '../../../numerics/random/rng';
import { isStochastic, type Rounding } from '../../../numerics/rounding/rounding';
import { type Granularity, type ScaleGrid, scaleGrid } from '../../../numerics/scales/scale-grid';
import { roundingDraws } from '../../../numerics/scales/uniform';
import type { StepContext } from '../../device/step-context';
import { STORED_STEP } from '../../device/step-table';
import { randomUniform } from '../../kernels/random-uniform';
import { roundTensor } from '../../kernels/round-to-grid';
import { assign } from '../../kernels/shared/assign';
import type { RoundToGridAttributes } from '../../kernels/shared/attributes';
import type { ActivationFactory } from '../activation-quantizer';
import type { GradientFactory } from '../gradient-quantizer';
import type { ParametrizationFactory } from '../parametrization';

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
export const formatParametrization: ParametrizationFactory<FormatSettings> = ({ values, stage, shape, role, index, seed }) => {
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

/** Activations in a small number format, straight-through (arXiv 2209.05433, 1502.02551). */
export const formatActivation: ActivationFactory = ({ values, stage, index, seed }) => {
  const target = numberTarget(values, 'act');
  const stream = { seed, purpose: Purpose.rounding + 16 * index };
  return {
    stage,
    arrays: [],
    apply: (x, context) => roundTo(x, target, channelBlocks(x.shape, target), values.actRounding as Rounding, stream, context),
    stored: () => new Float32Array(),
  };
};

/** Blocks of neighbouring channels, or of neighbouring units, in each example and at each place. */
export function channelBlocks(shape: readonly number[], target: NumberTarget): ScaleGrid {
  const outputs = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const blockOutputs = target.kind === 'blocks' ? Math.min(target.size, outputs) : outputs;
  const across = Math.ceil(outputs / blockOutputs);
  return { outputs, blockInputs: 1, blockOutputs, across, period: rows, scales: rows * across };
}

/** Gradients in a small number format, with loss scaling (arXiv 1710.03740, section 3.2; 1502.02551). */
export const formatGradient: GradientFactory = ({ values, stage, index, seed }) => {
  const target = numberTarget(values, 'grad');
  const scale = Number(values.gradScale);
  // The layer's activations draw from the purpose of rounding.
  const stream = { seed, purpose: Purpose.noise + 16 * index };
  const apply = (dy: tf.Tensor, context: StepContext) => {
    const scaled = scale === 1 ? dy : tf.mul(dy, scale);
    const rounded = roundTo(scaled, target, channelBlocks(dy.shape, target), values.gradRounding as Rounding, stream, context);
    return scale === 1 ? rounded : tf.div(rounded, scale);
  };
  return { stage, arrays: [], apply };
};
