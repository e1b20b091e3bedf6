/** For tests: the low-rank operator on the current backend, and its twin in numerics. */
import * as tf from '@tensorflow/tfjs-core';
import { fillNormal } from '../../numerics/random/rng';
import { lowRankProduct } from '../../numerics/structures/low-rank';
import { notTraining } from '../device/step-context';
import { lowRankOperator } from '../operators/low-rank';

const [n, inputs, rank, units] = [5, 6, 2, 4] as const;
/** What flows in is flattened. */
const shapes = { x: [n, 2, 3], left: [inputs, rank], right: [rank, units], bias: [units] } as const;

type Part = keyof typeof shapes;
type Given = Readonly<Record<Part, Float32Array>>;

export const lowRankParts = Object.keys(shapes) as readonly Part[];

const given = Object.fromEntries(lowRankParts.map((part, i) => [part, normal(shapes[part], i)])) as Given;
const dy = normal([n, units], 9);

/** Values, then the gradients of x, left, right and bias for one dy. */
export function lowRankOnBackend(relu: boolean): tf.Tensor[] {
  const forward = (...tensors: tf.Tensor[]) => {
    const value = (part: string) => tensors[lowRankParts.indexOf(part as Part)]!;
    const context = { step: notTraining, key: { layer: 0, parameter: 0, linear: 0 }, relu, value, latent: noLatent, held: new Map() };
    return lowRankOperator.forward(value('x'), { type: 'lowRank', name: 'fc1', units, rank }, context);
  };
  const tensors = lowRankParts.map((part) => tf.tensor(given[part].slice(), [...shapes[part]]));
  const { value, grads } = tf.valueAndGrads(forward)(tensors, tf.tensor(dy.slice(), [n, units]));
  return [tf.clone(value), ...grads];
}

/**
 * The same by the twin. It is linear in each argument, so that a central difference of any width is its derivative; ReLU stays on
 * the side where it is.
 */
export function lowRankByTwin(relu: boolean): Float32Array[] {
  const sums = before(given);
  const above = sums.map((sum, i) => (relu && sum <= 0 ? 0 : dy[i]!));
  const loss = (changed: Given) => before(changed).reduce((total, sum, i) => total + above[i]! * sum, 0);
  const derivative = (part: Part, i: number) => {
    const at = (by: number) => loss({ ...given, [part]: given[part].with(i, given[part][i]! + by) });
    return at(0.5) - at(-0.5);
  };
  return [
    Float32Array.from(sums, (sum) => (relu ? Math.max(0, sum) : sum)),
    ...lowRankParts.map((part) => given[part].map((_, i) => derivative(part, i))),
  ];
}

function before({ x, left, right, bias }: Given): Float64Array {
  return Float64Array.from(lowRankProduct(x, left, right, n, inputs, rank, units), (value, i) => value + bias[i % units]!);
}

function normal(shape: readonly number[], stream: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  fillNormal(values, 1, 1, stream);
  return values;
}

function noLatent(): never {
  throw new Error('A low-rank layer moves no latent values.');
}
