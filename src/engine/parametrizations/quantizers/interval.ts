import * as tf from '@tensorflow/tfjs-core';
import { SMALLEST_DISTANCE, SMALLEST_POSITION, SMALLEST_POWER, wholeInterval } from '../../../numerics/quantizers/qil';
import { assign } from '../../kernels/shared/assign';
import type { ParametrizationState, StateArray } from '../parametrization';
import { stateArray } from '../parametrization';

/** What an interval learns: its centre c and half width d, the power γ if it is learned, and the scale α if there is one. All []. */
export interface IntervalArrays {
  readonly centre: StateArray;
  readonly distance: StateArray;
  readonly power?: StateArray;
  readonly alpha?: StateArray;
}

export interface IntervalOptions {
  readonly rate: number;
  readonly power: boolean;
  /** Whether values are multiplied by a number of their own, which starts at the range. */
  readonly alpha: 'unit' | 'fitted' | 'learned';
}

/** Arrays of an interval from 0 to `range`. */
export function intervalArrays(range: number, { rate, power, alpha }: IntervalOptions, state: ParametrizationState): IntervalArrays {
  const { centre, distance } = wholeInterval(range);
  const array = (name: string, value: number, own = rate) => stateArray(name, Float32Array.of(value), [], own, state);
  return {
    centre: array('centre', centre),
    distance: array('distance', distance),
    ...(power ? { power: array('power', 1) } : {}),
    ...(alpha === 'unit' ? {} : { alpha: array('alpha', Math.max(range, SMALLEST_DISTANCE), alpha === 'learned' ? rate : 0) }),
  };
}

export function arraysOf({ centre, distance, power, alpha }: IntervalArrays): readonly StateArray[] {
  return [centre, distance, power, alpha].filter((array) => array !== undefined);
}

/** Keeps the interval's width, its power and its scale above 0, and its centre from becoming negative. */
export function keepInterval({ centre, distance, power, alpha }: IntervalArrays): void {
  assign(centre.variable, tf.maximum(centre.variable, 0));
  assign(distance.variable, tf.maximum(distance.variable, SMALLEST_DISTANCE));
  if (power) assign(power.variable, tf.maximum(power.variable, SMALLEST_POWER));
  if (alpha) assign(alpha.variable, tf.maximum(alpha.variable, SMALLEST_DISTANCE));
}

/**
 * α · sign(x) · round(highest · place^γ) / highest with the gradients of numerics/quantizers/qil `qilGradients`.
 * @param negative whether x may be negative; else negative values count as 0
 */
export function intervalValues(x: tf.Tensor, arrays: IntervalArrays, highest: number, negative = true): tf.Tensor {
  const { centre, distance, power, alpha } = arrays;
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as tf.GradSaveFunc;
    const given = args as tf.Tensor[];
    const [x, c, d, a, p] = given as Given;
    const sign = negative ? tf.sign(x) : tf.cast(tf.greater(x, 0), 'float32');
    const z = positionOf(x, c, d);
    const code = tf.mul(tf.round(tf.mul(p ? tf.pow(z, p) : z, highest)), sign);
    save([code, ...given]);
    return {
      value: tf.mul(code, tf.div(a, highest)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [codes, ...inputs] = saved as [tf.Tensor, ...Given];
        return gradients(dy, inputs, codes, highest, negative);
      },
    };
  });
  return operation(x, centre.variable, distance.variable, alpha?.variable ?? tf.scalar(1), ...(power ? [power.variable] : []));
}

/** x, c, d, α and perhaps γ. */
type Given = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor?];

function positionOf(x: tf.Tensor, c: tf.Tensor, d: tf.Tensor): tf.Tensor {
  const slope = tf.div(0.5, d);
  return tf.clipByValue(tf.add(tf.mul(tf.abs(x), slope), tf.sub(0.5, tf.mul(slope, c))), 0, 1);
}

function gradients(dy: tf.Tensor, [x, c, d, a, p]: Given, code: tf.Tensor, highest: number, negative: boolean): tf.Tensor[] {
  const sign = negative ? tf.sign(x) : tf.cast(tf.greater(x, 0), 'float32');
  const position = positionOf(x, c, d);
  const moving = tf.cast(tf.logicalAnd(tf.greater(position, 0), tf.less(position, 1)), 'float32');
  const z = tf.maximum(position, SMALLEST_POSITION);
  const logarithm = p ? tf.log(z) : position;
  const raised = p ? tf.exp(tf.mul(logarithm, p)) : position;
  const slope = tf.mul(moving, tf.div(tf.mul(a, 0.5), d));
  // dy · slope of the transformer, by |x|.
  const given = tf.mul(dy, p ? tf.mul(slope, tf.mul(p, tf.div(raised, z))) : slope);
  const signed = tf.mul(given, sign);
  return [
    negative ? given : tf.mul(given, sign),
    tf.neg(tf.sum(signed)),
    tf.neg(tf.sum(tf.mul(signed, tf.div(tf.sub(tf.abs(x), c), d)))),
    tf.div(tf.sum(tf.mul(dy, code)), highest),
    ...(p ? [tf.mul(tf.sum(tf.mul(tf.mul(tf.mul(dy, sign), moving), tf.mul(raised, logarithm))), a)] : []),
  ];
}
