import * as tf from '@tensorflow/tfjs-core';
import { type Calibration, calibrateRange, DEFAULT_PERCENTILE } from '../../../numerics/calibration/calibration';
import { type AffineSettings, affineParameters } from '../../../numerics/scales/affine';
import { gpuBackend } from '../../device/gpu-program';
import type { StepContext } from '../../device/step-context';
import { assign } from '../../kernels/shared/assign';
import type { ActivationFactory } from '../activation-quantizer';
import { stateArray } from '../parametrization';
import { affineInside, affineRounded, affineTensors } from './affine-operations';

/** Share of the old moving average that is kept at each batch. */
const KEEP = 0.99;

/**
 * A layer's inputs, rounded to one scale: calibrated and kept, followed while training, or each image's own. The gradient passes
 * within the range. Jacob et al. 2018 (arXiv 1712.05877), section 3.1. The twin is numerics/scales/affine-groups.
 */
export const uniformActivation: ActivationFactory = ({ values, stage, observed, state }) => {
  const bits = Number(values.actBits);
  // What was never negative has a range that begins at 0, also in a run that continues.
  const unsigned = values.actScheme === 'data' && (state.low?.[0] ?? Math.min(0, observed.min)) >= 0;
  const settings = settingsOf(bits, String(values.actScheme), unsigned);
  const source = values.actRange as 'static' | 'average' | 'dynamic';
  const method = source === 'static' ? (values.actCalibration as Calibration) : 'min-max';
  const percentile = Number(values.actPercentile ?? DEFAULT_PERCENTILE);
  const range = calibrateRange(observed, method, { ...settings, percentile });
  const low = stateArray('low', Float32Array.of(range.low), [], 0, state);
  const high = stateArray('high', Float32Array.of(range.high), [], 0, state);

  return {
    stage,
    arrays: [low, high],
    apply: (inputs, context) =>
      tf.customGrad((x, save) => {
        const given = x as tf.Tensor;
        const parameters = affineTensors(...rangeOf(given, context), settings);
        // Criteria of pruning ask for gradients outside of training, too.
        (save as tf.GradSaveFunc)(tf.engine().state.gradientDepth > 0 ? [affineInside(given, parameters, settings)] : []);
        const value = affineRounded(given, parameters, settings, 'nearest-even', noDraws);
        return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0] as tf.Tensor) };
      })(inputs),
    stored(held) {
      if (source === 'dynamic') return new Float32Array();
      const { scale, zeroPoint } = affineParameters(held.low?.[0] ?? 0, held.high?.[0] ?? 0, settings);
      return settings.scheme === 'asymmetric' ? Float32Array.of(scale, zeroPoint) : Float32Array.of(scale);
    },
  };

  function rangeOf(x: tf.Tensor, { training }: StepContext): [tf.Tensor, tf.Tensor] {
    const axes = x.shape.map((_, axis) => axis);
    if (source === 'dynamic') {
      const own = extremes(x, axes.slice(1));
      return [own.low, own.high];
    }
    if (source === 'static' || !training) return [onDevice(low.variable), onDevice(high.variable)];
    const batch = extremes(x, axes);
    return [followed(low.variable, batch.low), followed(high.variable, batch.high)];
  }
};

/** Moves the average, and gives its new value. */
function followed(variable: tf.Variable, latest: tf.Tensor): tf.Tensor {
  const moved = tf.add(tf.mul(onDevice(variable), KEEP), tf.mul(tf.reshape(latest, variable.shape), 1 - KEEP));
  assign(variable, moved);
  return moved;
}

function settingsOf(bits: number, scheme: string, unsigned: boolean): AffineSettings {
  if (scheme === 'asymmetric') return { bits, scheme, range: 'full' };
  return { bits, scheme: 'symmetric', range: unsigned ? 'unsigned' : 'narrow' };
}

function noDraws(): tf.Tensor {
  throw new Error('Rounding to the nearest draws no random numbers.');
}

/** The smallest and the largest value along the axes, which remain, widened to include 0. */
export function extremes(x: tf.Tensor, axes: readonly number[]): { readonly low: tf.Tensor; readonly high: tf.Tensor } {
  return {
    low: tf.minimum(tf.min(x, [...axes], true), 0),
    high: tf.maximum(tf.max(x, [...axes], true), 0),
  };
}

/** What tfjs holds in JavaScript it may compute there, and end in another bit than a replayed step. */
export function onDevice(variable: tf.Variable): tf.Variable {
  gpuBackend()?.uploadToGPU(variable.dataId);
  return variable;
}
