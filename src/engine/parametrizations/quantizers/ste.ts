import * as tf from '@tensorflow/tfjs-core';
import { granularityOf } from '../../../experiment/methods/quantizers/weight-settings';
import type { Values } from '../../../experiment/settings/setting';
import { type Calibration, DEFAULT_PERCENTILE } from '../../../numerics/calibration/calibration';
import { calibrateRanges } from '../../../numerics/calibration/weight-calibration';
import { affineEncoding } from '../../../numerics/quantizers/uniform-encodings';
import { drawSeed, Purpose } from '../../../numerics/random/rng';
import type { Rounding } from '../../../numerics/rounding/rounding';
import type { AffineSettings, CodeRangeName, Scheme } from '../../../numerics/scales/affine';
import { minMaxRanges, type Ranges } from '../../../numerics/scales/affine-groups';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import type { StepContext } from '../../device/step-context';
import { STORED_STEP } from '../../device/step-table';
import { fakeQuantize } from '../../kernels/fake-quantize';
import { randomUniform } from '../../kernels/random-uniform';
import { assign } from '../../kernels/shared/assign';
import { scaleShapeOf, toBlocks } from '../../kernels/shared/blocks';
import type { ParametrizationFactory, ParametrizationState } from '../parametrization';
import { stateArray } from '../parametrization';
import { affineInside, affineRounded, affineTensors } from './affine-operations';
import { extremes, onDevice } from './uniform';

/** Share of the old moving average that is kept at each step. */
const KEEP = 0.99;

type Surrogate = 'straight-through' | 'clipped' | 'none';

/**
 * Uniform quantizer with a surrogate gradient. With min-max the range follows the weights at every step; other ranges are two
 * arrays, fitted when the parametrization is made, of which the moving average continues.
 * Bengio, Léonard and Courville 2013 (arXiv 1308.3432); Jacob et al. 2018 (arXiv 1712.05877).
 */
export const steParametrization: ParametrizationFactory<Values> = ({ values, stage, shape, role, index, seed, latent: fresh, state }) => {
  const settings: AffineSettings = {
    bits: Number(values.bits),
    scheme: values.scheme as Scheme,
    range: values.codeRange as CodeRangeName,
  };
  const calibration = values.calibration as Calibration;
  const rounding = values.rounding as Rounding;
  const surrogate = values.surrogate as Surrogate;
  const granularity = granularityOf(values, role);
  const grid = scaleGrid(shape, granularity);
  const scaleShape = scaleShapeOf(shape, grid);
  const stream = { seed: drawSeed(seed, Number(values.draw ?? 1)), purpose: Purpose.rounding + 16 * index };
  const held = calibration === 'min-max' ? undefined : heldRange();
  const plain = !held && settings.scheme === 'symmetric' && settings.range === 'narrow' && settings.bits > 1;

  return {
    kind: 'quantizer',
    stage,
    stepping: { rounding, limited: true },
    arrays: held ? [held.low, held.high] : [],
    apply(latent, context) {
      // One fused kernel, which passes the gradient; nothing lies outside of a min-max range.
      if (plain && surrogate !== 'none') return fused(latent, context);
      return tf.customGrad((x, save) => {
        const given = x as tf.Tensor;
        if (plain) return { value: fused(given, context), gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy) };
        const { value, inside } = composed(given, context);
        (save as tf.GradSaveFunc)(inside ? [inside] : []);
        return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => surrogateGradient(dy, saved[0]) };
      })(latent);
    },
    ...(calibration === 'moving-average' && { afterStep: (latent: tf.Variable) => tf.tidy(() => follow(latent)) }),
    materialize: (latent, arrays) =>
      affineEncoding(latent, rangesOf(latent, arrays), settings, { shape, granularity }, rounding, { ...stream, step: STORED_STEP }),
  };

  function heldRange() {
    const { low, high } = state;
    // A run that continues has its range; fitting one may take seconds.
    const { lows, highs } = low && high ? { lows: low, highs: high } : fittedRange();
    return { low: stateArray('low', lows, scaleShape, 0, state), high: stateArray('high', highs, scaleShape, 0, state) };
  }

  function fittedRange(): Ranges {
    const percentile = Number(values.percentile ?? DEFAULT_PERCENTILE);
    return calibrateRanges(fresh, grid, { ...settings, method: calibration, percentile });
  }

  function fused(latent: tf.Tensor, { step }: StepContext): tf.Tensor {
    return fakeQuantize(latent, { bits: settings.bits, granularity, rounding, random: { seed: stream.seed, parameter: index, step } });
  }

  function composed(latent: tf.Tensor, context: StepContext) {
    const { blocks, axes, join } = toBlocks(latent, grid);
    const { low, high } = held ? { low: onDevice(held.low.variable), high: onDevice(held.high.variable) } : extremes(blocks, axes);
    const parameters = affineTensors(low, high, settings);
    const draws = () => toBlocks(randomUniform(shape, stream, context), grid).blocks;
    return {
      value: join(affineRounded(blocks, parameters, settings, rounding, draws)),
      inside: surrogate === 'clipped' && tf.engine().state.gradientDepth > 0 ? join(affineInside(blocks, parameters, settings)) : undefined,
    };
  }

  function surrogateGradient(dy: tf.Tensor, inside: tf.Tensor | undefined): tf.Tensor {
    if (surrogate === 'none') return tf.zerosLike(dy);
    return inside ? tf.mul(dy, inside) : tf.clone(dy);
  }

  /** The moving average of the blocks' extremes takes one step. */
  function follow(latent: tf.Tensor): void {
    if (!held) return;
    const { blocks, axes } = toBlocks(latent, grid);
    const now = extremes(blocks, axes);
    for (const name of ['low', 'high'] as const) {
      const { variable } = held[name];
      const latest = tf.reshape(now[name], [...scaleShape]);
      assign(variable, tf.add(tf.mul(onDevice(variable), KEEP), tf.mul(latest, 1 - KEEP)));
    }
  }

  function rangesOf(latent: Float32Array, { low, high }: ParametrizationState): Ranges {
    return held && low && high ? { lows: low, highs: high } : minMaxRanges(latent, grid);
  }
};
