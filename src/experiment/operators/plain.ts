/** Operators without parameters. */
import { checkedImage, type OperatorDefinition, size } from './operator';

export type Activation = 'relu' | 'tanh' | 'sigmoid';

export interface ActivationLayer {
  readonly type: 'activation';
  readonly fn: Activation;
}

export interface MaxPoolLayer {
  readonly type: 'maxPool';
  readonly size: number;
}

export interface DropoutLayer {
  readonly type: 'dropout';
  readonly rate: number;
}

export interface FlattenLayer {
  readonly type: 'flatten';
}

export const activation: OperatorDefinition<ActivationLayer> = { type: 'activation', perChannel: true };

/** The largest of each window; windows do not overlap, what does not fill one is cut off. */
export const maxPool: OperatorDefinition<MaxPoolLayer> = {
  type: 'maxPool',
  perChannel: true,
  shapeAfter: (layer, [height = 1, width = 1, channels = 1]) =>
    checkedImage([Math.floor(height / layer.size), Math.floor(width / layer.size), channels], 'max pool'),
};

/** Srivastava et al. 2014. */
export const dropout: OperatorDefinition<DropoutLayer> = { type: 'dropout', perChannel: true };

/** Positions after positions: the channels of a pixel stay side by side. */
export const flatten: OperatorDefinition<FlattenLayer> = {
  type: 'flatten',
  perChannel: true,
  shapeAfter: (_layer, input) => [size(input)],
};
