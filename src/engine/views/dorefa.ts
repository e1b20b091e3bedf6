import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/parameter';
import { binaryScale, dorefaCodes, dorefaFit, lastCode } from '../../numerics/dorefa';
import { evenBasis } from '../../numerics/even-basis';
import { signs } from './signs';
import { straightThrough } from './straight-through';
import type { ViewFactory } from './view';
import { viewArray } from './view-array';

/** Weights bent by tanh, 2^b values from −α to α. Zhou et al. 2016 (arXiv 1606.06160). The twin is numerics/dorefa. */
export const dorefaView: ViewFactory<Values> = ({ values, stage, latent, state }) => {
  const bits = Number(values.bits);
  const own = bits > 1 && values.layerScale !== 'unit';
  const rate = values.layerScale === 'learned' ? Number(values.quantizerRate) : 0;
  const array = own ? viewArray('alpha', Float32Array.of(dorefaFit(latent, bits)), [], rate, state) : undefined;
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
    const place = tf.add(tf.divNoNan(t, tf.mul(largest, 2)), 0.5);
    // 2 code − (2^b − 1), an odd whole number.
    const odd = tf.sub(tf.mul(tf.round(tf.mul(place, last)), 2), last);
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
