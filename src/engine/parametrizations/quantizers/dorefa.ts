import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../../experiment/settings/setting';
import { binaryScale, dorefaCodes, dorefaFit, lastCode } from '../../../numerics/quantizers/dorefa';
import { evenBasis } from '../../../numerics/quantizers/levels';
import { Purpose } from '../../../numerics/random/rng';
import type { StepContext } from '../../device/step-context';
import { randomUniform } from '../../kernels/random-uniform';
import type { GradientFactory } from '../gradient-quantizer';
import { type ParametrizationFactory, stateArray } from '../parametrization';
import { signs } from './signs';
import { straightThrough } from './straight-through';

/** Weights bent by tanh, 2^b values from −α to α. Zhou et al. 2016 (arXiv 1606.06160). The twin is numerics/quantizers/dorefa. */
export const dorefaParametrization: ParametrizationFactory<Values> = ({ values, stage, latent, state }) => {
  const bits = Number(values.bits);
  const own = bits > 1 && values.layerScale !== 'unit';
  const rate = values.layerScale === 'learned' ? Number(values.quantizerRate) : 0;
  const array = own ? stateArray('alpha', Float32Array.of(dorefaFit(latent, bits)), [], rate, state) : undefined;
  return {
    kind: 'quantizer',
    stage,
    arrays: array ? [array] : [],
    apply(weights) {
      if (bits === 1) return straightThrough(weights, (x) => tf.mul(signs(x), tf.mean(tf.abs(x))));
      return bent(weights, array?.variable ?? tf.scalar(1), bits, rate !== 0);
    },
    materialize(weights, { alpha }) {
      const scale = bits === 1 ? binaryScale(weights) : (alpha?.[0] ?? 1);
      return { kind: 'basis', bits, codes: dorefaCodes(weights, bits), basis: evenBasis(scale, bits) };
    },
  };
};

function bent(weights: tf.Tensor, scale: tf.Tensor, bits: number, learned: boolean): tf.Tensor {
  const last = lastCode(bits);
  const operation = tf.customGrad((given, factor, save) => {
    const t = tf.tanh(given as tf.Tensor);
    const largest = tf.max(tf.abs(t));
    const position = tf.add(tf.divNoNan(t, tf.mul(largest, 2)), 0.5);
    // 2 code − (2^b − 1), an odd whole number.
    const odd = tf.sub(tf.mul(tf.round(tf.mul(position, last)), 2), last);
    (save as tf.GradSaveFunc)([t, largest, factor as tf.Tensor, ...(learned ? [odd] : [])]);
    return {
      value: tf.mul(odd, tf.div(factor as tf.Tensor, last)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [u, most, alpha, codes] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor?];
        // Through the division by the largest, which all that are the largest share.
        const top = tf.cast(tf.greaterEqual(tf.abs(u), most), 'float32');
        const byLargest = tf.divNoNan(tf.sum(tf.mul(dy, u)), tf.mul(tf.square(most), tf.sum(top)));
        const byT = tf.sub(tf.divNoNan(dy, most), tf.mul(tf.mul(tf.sign(u), top), byLargest));
        return [tf.mul(tf.mul(byT, tf.sub(1, tf.square(u))), alpha), codes ? tf.div(tf.sum(tf.mul(dy, codes)), last) : tf.zerosLike(alpha)];
      },
    };
  });
  return operation(weights, scale);
}

/** Gradients of 2^k values for each example, after noise. Zhou et al. 2016 (arXiv 1606.06160). The twin is numerics/quantizers/dorefa. */
export const dorefaGradient: GradientFactory = ({ values, stage, index, seed }) => {
  const last = lastCode(Number(values.gradBits));
  const stream = { seed, purpose: Purpose.noise + 16 * index };
  const apply = (dy: tf.Tensor, context: StepContext) => {
    const largest = tf.max(
      tf.abs(dy),
      dy.shape.slice(1).map((_, axis) => axis + 1),
      true,
    );
    const position = tf.add(tf.divNoNan(dy, tf.mul(largest, 2)), 0.5);
    const noise = tf.sub(randomUniform(dy.shape, stream, context), 0.5);
    const code = tf.round(tf.clipByValue(tf.add(tf.mul(position, last), noise), 0, last));
    return tf.mul(tf.sub(tf.mul(code, 2), last), tf.div(largest, last));
  };
  return { stage, arrays: [], apply };
};
