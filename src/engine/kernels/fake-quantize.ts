import * as tf from '@tensorflow/tfjs-core';
import { Purpose } from '../../numerics/random/rng';
import { isStochastic, type Rounding } from '../../numerics/rounding/rounding';
import { type Granularity, scaleGrid } from '../../numerics/scales/scale-grid';
import { maxCode } from '../../numerics/scales/uniform';
import { fakeQuantizeArrays } from './cpu/fake-quantize';
import { setArrayKernel } from './shared/arrays';
import type { FakeQuantizeAttributes } from './shared/attributes';
import { hasKernel, KernelName, runKernel } from './shared/dispatch';
import { composedFakeQuantize } from './shared/fake-quantize-composed';

export interface FakeQuantizeOptions {
  /** 2 … 16 */
  readonly bits: number;
  /** Which weights share a scale; all of them if absent. */
  readonly granularity?: Granularity;
  /** Nearest, ties to even, if absent. */
  readonly rounding?: Rounding;
  /** What a stochastic rounding draws from. Inside a captured step the step is the replayed one, whatever is given here. */
  readonly random?: { readonly seed: number; readonly parameter: number; readonly step: number };
}

/**
 * Uniform symmetric quantization, stored as floats: scale × round(w / scale), codes ±(2^(bits−1) − 1), where a scale is the
 * max |w| / (2^(bits−1) − 1) of the weights that share it. The gradient passes straight through (Bengio, Léonard and
 * Courville 2013, arXiv 1308.3432). Equal to numerics/scales/uniform bit for bit on wasm and cpu.
 * Random numbers are those of (seed, rounding + 16 × parameter, step), one an element.
 * @throws RangeError for other bits, or a stochastic rounding without `random`
 */
export function fakeQuantize<T extends tf.Tensor>(latent: T, options: FakeQuantizeOptions): T {
  const attributes = attributesOf(options);
  maxCode(options.bits);
  scaleGrid(latent.shape, attributes.granularity);
  if (hasKernel(KernelName.fakeQuantize))
    return runKernel(KernelName.fakeQuantize, { x: latent }, attributes as unknown as tf.NamedAttrMap)[0] as T;
  const straight = tf.customGrad((x) => ({
    value: composedFakeQuantize(x as tf.Tensor, attributes),
    gradFunc: (dy: tf.Tensor) => tf.clone(dy),
  }));
  return straight(latent) as T;
}

function attributesOf({ bits, granularity = 'tensor', rounding = 'nearest-even', random }: FakeQuantizeOptions): FakeQuantizeAttributes {
  if (isStochastic(rounding) && !random) throw new RangeError(`The rounding "${rounding}" needs a stream of random numbers.`);
  const { seed, parameter, step } = random ?? { seed: 0, parameter: 0, step: 0 };
  return { bits, granularity, rounding, seed, purpose: Purpose.rounding + 16 * parameter, step };
}

tf.registerGradient({ kernelName: KernelName.fakeQuantize, gradFunc: (dy) => ({ x: () => tf.clone(dy as tf.Tensor) }) });
setArrayKernel(KernelName.fakeQuantize, fakeQuantizeArrays);
