import type { Initializer, ParameterSpec } from '../../experiment/operators/operator';
import { size } from '../../experiment/operators/operator';
import { fillNormal, fillUniform, Purpose } from '../../numerics/random/rng';

/**
 * Initial values of a parameter, drawn from the stream (seed, init, index): the same on every backend.
 * Glorot and Bengio 2010; He et al. 2015. Biases, beta and mean are 0; gamma and variance are 1.
 * @param purpose another stream of the same seed, for values drawn again
 */
export function initialValues(spec: ParameterSpec, index: number, seed: number, purpose: number = Purpose.init): Float32Array {
  const values = new Float32Array(size(spec.shape));
  if (spec.role === 'gamma' || spec.role === 'variance') return values.fill(1);
  if (spec.role !== 'weights') return values;
  const init: Initializer = spec.init ?? 'glorotUniform';
  if (init === 'glorotUniform') {
    const limit = Math.sqrt(6 / (spec.fanIn + spec.fanOut));
    fillUniform(values, seed, purpose, index);
    for (let i = 0; i < values.length; i++) values[i] = (2 * (values[i] ?? 0) - 1) * limit;
    return values;
  }
  const std = standardDeviation(init, spec);
  fillNormal(values, seed, purpose, index);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * std;
  return values;
}

function standardDeviation(init: Exclude<Initializer, 'glorotUniform'>, spec: ParameterSpec): number {
  if (init === 'glorotNormal') return Math.sqrt(2 / (spec.fanIn + spec.fanOut));
  if (init === 'heNormal') return Math.sqrt(2 / spec.fanIn);
  return init.normal;
}
