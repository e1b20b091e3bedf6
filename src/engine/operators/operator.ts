import type * as tf from '@tensorflow/tfjs-core';
import type { LayerKey } from '../../experiment/operators/layers';
import type { AnyLayer } from '../../experiment/operators/registry';
import type { Values } from '../../experiment/settings/setting';
import type { StepContext } from '../device/step-context';

/** What an operator is given of the network around its layer. */
export interface OperatorContext {
  readonly step: StepContext;
  readonly key: LayerKey;
  /** The layer is linear and a ReLU follows: the operator computes both. */
  readonly relu: boolean;
  /** The parameter's value as the layer sees it, through its parametrizations. */
  value(part: string): tf.Tensor;
  /** The latent values themselves, to be moved: batch norm's statistics. */
  latent(part: string): tf.Variable;
  /** What skip layers of this pass hold, by their names. */
  readonly held: Map<string, tf.Tensor>;
}

/** How a layer computes: one file each. Shapes, parameters and cost are in experiment/operators. */
export interface Operator<Layer> {
  /** @param x [n, …], what flows in: quantized if there is a quantizer for it  @returns [n, …] */
  forward(x: tf.Tensor, layer: Layer, context: OperatorContext): tf.Tensor;
}

/** A structure that a dense layer can be rewritten into. `matrix` is (inputs, units); settings are those of the structure's table. */
export interface Structure {
  /** The layer in the matrix's stead; undefined if it would be no smaller. */
  layer(name: string, dense: DenseShape, settings: Values): AnyLayer | undefined;
  /** The parts of that layer that represent the matrix best, by name. */
  project(matrix: Float32Array, dense: DenseShape, settings: Values): Parts;
  /** The matrix that the parts represent. */
  matrix(parts: Parts, dense: DenseShape, settings: Values): Float32Array;
}

export interface DenseShape {
  readonly inputs: number;
  readonly units: number;
}

/** Arrays of a layer, by part. */
export type Parts = Readonly<Record<string, Float32Array>>;
