import type { ShapedLayer } from '../../experiment/operators/layers';
import { size } from '../../experiment/operators/operator';
import { operatorOf } from '../../experiment/operators/registry';
import type { ActivationQuantizer } from '../parametrizations/activation-quantizer';
import type { GradientQuantizer } from '../parametrizations/gradient-quantizer';

/** What is done to the operands of one linear layer besides its parameters. */
export interface LinearLayer {
  readonly layer: string;
  /** Keys its random streams. */
  readonly index: number;
  /** Shape of its input for one example. */
  readonly shape: readonly number[];
  input: ActivationQuantizer | undefined;
  gradient: GradientQuantizer | undefined;
}

/** Random streams of activations and gradients are numbered from here: those of parameters are below. */
const LINEAR_STREAMS = 4096;

/** The places of the linear layers, first to last, with nothing in them. */
export function linearLayersOf(layers: readonly ShapedLayer[]): LinearLayer[] {
  return layers.flatMap(({ layer, input }) => {
    if (!operatorOf(layer).linear || !('name' in layer)) return [];
    const shape = operatorOf(layer).image ? input : [size(input)];
    return [{ layer: layer.name, index: LINEAR_STREAMS + layer.key.linear, shape, input: undefined, gradient: undefined }];
  });
}
