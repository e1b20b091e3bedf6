import { biasSpec, type Initializer, type OperatorDefinition, size } from './operator';

export interface DenseLayer {
  readonly type: 'dense';
  readonly name: string;
  readonly units: number;
  readonly init: Initializer;
}

/** y = x W + b, W (in, units). Images are flattened. */
export const dense: OperatorDefinition<DenseLayer> = {
  type: 'dense',
  linear: true,
  outputs: 'kernel',
  inputs: 'kernel',
  withUnits: (layer, units) => ({ ...layer, units }),
  parameters({ units, init }, input) {
    const fanIn = size(input);
    return [
      { part: 'kernel', role: 'weights', shape: [fanIn, units], trainable: true, fanIn, fanOut: units, init },
      biasSpec(units, fanIn, units),
    ];
  },
  shapeAfter: ({ units }) => [units],
  macs: ({ units }, input) => size(input) * units,
};
