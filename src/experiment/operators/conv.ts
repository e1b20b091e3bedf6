import { biasSpec, checkedImage, type Initializer, type OperatorDefinition, size } from './operator';

export interface ConvLayer {
  readonly type: 'conv';
  readonly name: string;
  readonly filters: number;
  readonly kernel: number;
  readonly padding: 'same' | 'valid';
  readonly init: Initializer;
}

/** Cross-correlation of stride 1, weights (height, width, in, filters). */
export const conv: OperatorDefinition<ConvLayer> = {
  type: 'conv',
  linear: true,
  image: true,
  outputs: 'kernel',
  inputs: 'kernel',
  withUnits: (layer, filters) => ({ ...layer, filters }),
  parameters({ filters, kernel, init }, input) {
    const [last = 0, area] = [input.at(-1), kernel * kernel];
    const [fanIn, fanOut] = [area * last, area * filters];
    return [
      { part: 'kernel', role: 'weights', shape: [kernel, kernel, last, filters], trainable: true, fanIn, fanOut, init },
      biasSpec(filters, fanIn, fanOut),
    ];
  },
  shapeAfter,
  macs: (layer, input) => size(shapeAfter(layer, input)) * layer.kernel * layer.kernel * (input.at(-1) ?? 0),
};

function shapeAfter({ name, filters, kernel, padding }: ConvLayer, [height = 1, width = 1]: readonly number[]): readonly number[] {
  const cut = padding === 'valid' ? kernel - 1 : 0;
  return checkedImage([height - cut, width - cut, filters], name);
}
