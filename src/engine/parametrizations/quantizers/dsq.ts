import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../../experiment/settings/setting';
import type { Encoding } from '../../../numerics/container/stored-tensor';
import { dsqCode, firstRanges } from '../../../numerics/quantizers/dsq';
import { evenBasis } from '../../../numerics/quantizers/levels';
import { type ScaleRule, TINY_SCALE } from '../../../numerics/scales/fitted-scale';
import { type Granularity, type ScaleGrid, scaleOf } from '../../../numerics/scales/scale-grid';
import { assign } from '../../kernels/shared/assign';
import { toBlocks } from '../../kernels/shared/blocks';
import type { ParametrizationFactory } from '../parametrization';
import { stateArray } from '../parametrization';
import { geometric } from './annealed';
import { largest, layoutOf, leastSquares } from './fitted-grid';
import { softStaircase } from './soft-round';

/**
 * Training sees a staircase of 2^b values from −c to c made of pieces of tanh, with its true gradients by weights and range;
 * else the nearest values. Gong et al. 2019 (arXiv 1908.05033). The twin is numerics/quantizers/dsq.
 */
export const dsqParametrization: ParametrizationFactory<Values> = (setup) => {
  const { bits, alphaFrom, alphaTo, learnRange, rangeRate, range: rule } = setup.values;
  const layout = layoutOf(setup);
  const first = setup.state.range ?? firstRanges(setup.latent, layout.grid, Number(bits), rule as ScaleRule);
  const array = stateArray('range', first, layout.scaleShape, learnRange ? Number(rangeRate) : 0, setup.state);
  const range = array.variable;
  const last = 2 ** Number(bits) - 1;
  /** Where in 0 … 2^b − 1 a weight lies, given the ratio of weight and range. */
  const position = (ratio: tf.Tensor) => tf.mul(tf.add(ratio, 1), last / 2);
  const nearest = (blocks: tf.Tensor) => tf.clipByValue(tf.round(position(tf.div(blocks, range))), 0, last);
  const valueAt = (code: tf.Tensor, c: tf.Tensor) => tf.div(tf.mul(c, tf.sub(tf.mul(code, 2), last)), last);
  return {
    kind: 'quantizer',
    stage: setup.stage,
    arrays: [array],
    apply(latent, context) {
      const { blocks, axes, join } = toBlocks(latent, layout.grid);
      if (!context.training) return join(evenSums(nearest(blocks), tf.div(range, last), Number(bits)));
      const alpha = geometric(context, Number(alphaFrom), Number(alphaTo));
      const sharpness = tf.log(tf.sub(tf.div(2, alpha), 1));
      const soft = tf.customGrad((x, c, save) => {
        const ratio = tf.div(x as tf.Tensor, c as tf.Tensor);
        const { value, slope } = softStaircase(tf.clipByValue(position(ratio), 0, last), sharpness);
        const bounded = tf.mul(slope, tf.cast(tf.less(tf.abs(ratio), 1), 'float32'));
        const y = valueAt(value, c as tf.Tensor);
        const byRange = tf.sub(tf.div(y, c as tf.Tensor), tf.mul(bounded, ratio));
        (save as tf.GradSaveFunc)([bounded, byRange]);
        return {
          value: y,
          gradFunc: (dy: tf.Tensor, [byX, byC]: tf.Tensor[]) => [
            tf.mul(dy, byX as tf.Tensor),
            tf.reshape(tf.sum(tf.mul(dy, byC as tf.Tensor), [...axes], true), [...layout.scaleShape]),
          ],
        };
      });
      return join(soft(blocks, range));
    },
    afterStep(latent) {
      if (learnRange) assign(range, tf.add(tf.abs(range), TINY_SCALE));
      else if (rule === 'max') assign(range, largest(latent, layout));
      else
        assign(
          range,
          leastSquares(latent, range, layout, (blocks) => valueAt(nearest(blocks), tf.scalar(1))),
        );
    },
    materialize: (latent, state) => encode(latent, state.range ?? new Float32Array(), layout, Number(bits)),
  };
};

function encode(
  latent: Float32Array,
  ranges: Float32Array,
  { grid, granularity }: { readonly grid: ScaleGrid; readonly granularity: Granularity },
  bits: number,
): Encoding {
  const codes = Int32Array.from(latent, (x, i) => {
    if (!Number.isFinite(x)) throw new RangeError(`A weight is ${x}; only finite numbers can be quantized.`);
    return dsqCode(x, ranges[scaleOf(grid, i)] as number, bits);
  });
  const basis = Float32Array.from([...ranges].flatMap((c) => [...evenBasis(c, bits)]));
  return { kind: 'basis', bits, codes, basis, ...(granularity === 'tensor' ? {} : { granularity }) };
}

/** step × (2 code − (2^bits − 1)), added bit by bit as the file's basis is, so that measured and stored values are the same to the bit. */
function evenSums(codes: tf.Tensor, step: tf.Tensor, bits: number): tf.Tensor {
  let [rest, sum]: [tf.Tensor, tf.Tensor | undefined] = [codes, undefined];
  for (let j = 0; j < bits; j++) {
    const half = tf.floor(tf.mul(rest, 0.5));
    const sign = tf.sub(tf.mul(tf.sub(rest, tf.mul(half, 2)), 2), 1);
    const part = tf.mul(sign, tf.mul(step, 2 ** j));
    sum = sum ? tf.add(sum, part) : part;
    rest = half;
  }
  return sum as tf.Tensor;
}
