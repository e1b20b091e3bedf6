import * as tf from '@tensorflow/tfjs-core';
import { roundHalfEven } from '../../numerics/rounding';
import { maxCode } from '../../numerics/uniform';
import { type ArrayKernel, setArrayKernel } from './cpu-arrays';
import { hasKernel, KernelName, runKernel } from './kernel-dispatch';

/**
 * Uniform symmetric quantization, kept as floats: scale × round(w / scale), ties to even, codes ±(2^(bits−1) − 1),
 * scale = max |w| / (2^(bits−1) − 1). The gradient passes straight through (Bengio, Léonard and Courville 2013,
 * arXiv 1308.3432). Equal to numerics/uniform bit for bit on wasm and cpu.
 * @param bits 2 … 16
 * @throws RangeError for other bits
 */
export function fakeQuantize<T extends tf.Tensor>(latent: T, bits: number): T {
  if (hasKernel(KernelName.fakeQuantize)) return runKernel(KernelName.fakeQuantize, { x: latent }, { bits })[0] as T;
  const straight = tf.customGrad((x) => ({ value: composed(x as tf.Tensor, bits), gradFunc: (dy: tf.Tensor) => tf.clone(dy) }));
  return straight(latent) as T;
}

function composed(x: tf.Tensor, bits: number): tf.Tensor {
  const most = maxCode(bits);
  const scale = tf.div(tf.max(tf.abs(x)), most);
  // A tensor of zeros has scale 0: 0 / 0 must stay 0.
  const codes = tf.clipByValue(tf.round(tf.divNoNan(x, scale)), -most, most);
  return tf.mul(codes, scale);
}

/**
 * The loop for wasm and cpu. Like the GPU, and unlike numerics/uniform, it lets a weight that is not finite turn the whole
 * tensor into NaN instead of throwing: the trainer's guard sees the loss and explains.
 */
const fakeQuantizeArrays: ArrayKernel = ({ x }, arrays, attrs) => {
  const most = maxCode(attrs.bits as number);
  const out = arrays.output(x!.shape, 'float32');
  const [values, result] = [arrays.float32(x), arrays.float32(out)];
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  const scale = Math.fround(largest / most);
  if (scale === 0) {
    result.fill(0);
    return out;
  }
  for (let i = 0; i < values.length; i++) {
    const code = roundHalfEven(Math.fround(values[i]! / scale));
    result[i] = scale * Math.min(most, Math.max(-most, code));
  }
  return out;
};

tf.registerGradient({ kernelName: KernelName.fakeQuantize, gradFunc: (dy) => ({ x: () => tf.clone(dy as tf.Tensor) }) });
setArrayKernel(KernelName.fakeQuantize, fakeQuantizeArrays);
