import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../../experiment/settings/setting';
import { waveBits } from '../../../numerics/quantizers/sine-penalty';
import { gridEncoding } from '../../../numerics/quantizers/uniform-encodings';
import { firstScales, type ScaleRule } from '../../../numerics/scales/fitted-scale';
import { maxCode } from '../../../numerics/scales/uniform';
import { assign } from '../../kernels/shared/assign';
import { toBlocks } from '../../kernels/shared/blocks';
import type { Parametrization, ParametrizationFactory, ParametrizationSetup } from '../parametrization';
import { stateArray } from '../parametrization';
import { either, passed, ramp } from './annealed';
import { largest, layoutOf, leastSquares } from './fitted-grid';

/** Share of a training stage in which the number of bits is learned. */
const LEARNING = 0.5;
/** Limits of β, the bits of a magnitude: the file stores 2 to 8 bits. */
const LIMITS = [1, 7] as const;

/**
 * Training sees the latent weights and a penalty, a sine whose minima are the stored values; outside training the nearest of these.
 * Elthakeb et al. 2020 (arXiv 2003.00146). The twin is numerics/quantizers/sine-penalty, of the weights divided by their range.
 */
export const waveqParametrization: ParametrizationFactory<Values> = (setup) => {
  const { bits, waveStrength, waveStart, learnBits, bitStrength } = setup.values;
  const layout = layoutOf(setup);
  const rule = setup.values.range as ScaleRule;
  const first =
    setup.state.range ?? firstScales(setup.latent, layout.grid, Number(bits), rule).map((scale) => scale * maxCode(Number(bits)));
  const range = stateArray('range', first, layout.scaleShape, 0, setup.state);
  const learned = learnBits ? learnedBits(setup) : undefined;
  const fixed = Number(bits) - 1;
  const most = (): tf.Tensor | number => (learned ? tf.sub(tf.round(tf.pow(2, learned.magnitude.variable)), 1) : 2 ** fixed - 1);

  const codes = (blocks: tf.Tensor, scale: tf.Tensor, limit: tf.Tensor | number) =>
    tf.minimum(tf.maximum(tf.round(tf.div(blocks, scale)), tf.neg(limit)), limit);

  const penalty: Parametrization['penalty'] = (latent, context) => {
    const { blocks } = toBlocks(latent, layout.grid);
    const weights = tf.div(blocks, range.variable);
    const settled = passed(context, LEARNING);
    const beta = learned ? either(settled, learned.magnitude.variable, learned.beta.variable) : tf.scalar(fixed);
    const states = tf.exp(tf.mul(beta, Math.LN2));
    const waves = tf.square(tf.sin(tf.mul(tf.mul(weights, tf.sub(states, 1)), Math.PI)));
    const strength = tf.mul(ramp(context, Number(waveStart)), Number(waveStrength));
    const sum = tf.mul(tf.div(tf.sum(waves), states), strength);
    return learned ? tf.add(sum, tf.mul(tf.mul(learned.beta.variable, tf.sub(1, settled)), Number(bitStrength))) : sum;
  };

  return {
    kind: 'quantizer',
    stage: setup.stage,
    arrays: [range, ...(learned ? [learned.beta, learned.magnitude] : [])],
    apply(latent, context) {
      if (context.training) return latent;
      const { blocks, join } = toBlocks(latent, layout.grid);
      const limit = most();
      const scale = tf.div(range.variable, limit);
      return join(tf.mul(codes(blocks, scale, limit), scale));
    },
    penalty,
    afterStep(latent, context) {
      if (learned) {
        const { beta, magnitude } = learned;
        assign(beta.variable, tf.clipByValue(beta.variable, ...LIMITS));
        assign(magnitude.variable, either(passed(context, LEARNING), magnitude.variable, tf.ceil(beta.variable)));
      }
      if (rule === 'max') assign(range.variable, largest(latent, layout));
      else {
        const limit = most();
        const scale = tf.div(range.variable, limit);
        assign(
          range.variable,
          tf.mul(
            leastSquares(latent, scale, layout, (blocks) => codes(blocks, scale, limit)),
            limit,
          ),
        );
      }
    },
    materialize(latent, state) {
      const stored = waveBits(learned ? (state.magnitude?.[0] ?? fixed) : fixed);
      const scales = (state.range ?? new Float32Array()).map((c) => c / maxCode(stored));
      return gridEncoding(latent, scales, layout.shape, layout.granularity, stored);
    },
  };
};

/** `beta` is trained; `magnitude` is what it is rounded up to, and stays once the bits are settled. */
function learnedBits({ values: { bits, bitRate }, state }: ParametrizationSetup<Values>) {
  const start = Float32Array.of(Number(bits) - 1);
  return {
    beta: stateArray('beta', start, [], Number(bitRate), state),
    magnitude: stateArray('magnitude', start, [], 0, state),
  };
}
