/** Operators of residual networks: what flows in is held at one layer, and added at a later one. */
import { biasSpec, type Initializer, type OperatorDefinition, size } from './operator';

/** Passes its input on, and holds it for the layer that adds it: as it is, or projected to another number of channels. */
export interface SkipLayer {
  readonly type: 'skip';
  readonly name: string;
  /** Channels of what is held: a 1 × 1 convolution projects it. Absent: it is held as it is. */
  readonly filters?: number;
  readonly init?: Initializer;
}

/** Adds what a skip layer holds to its input, element by element. Both have the same shape. */
export interface AddLayer {
  readonly type: 'add';
  /** Name of the skip layer, which comes before. */
  readonly from: string;
}

/** He, Zhang, Ren and Sun 2016 (arXiv 1512.03385), equation 1; with `filters` equation 2. */
export const skip: OperatorDefinition<SkipLayer> = {
  type: 'skip',
  image: true,
  parameters({ filters, init }, input) {
    if (filters === undefined) return [];
    const channels = input.at(-1) ?? 0;
    const kernel = { part: 'kernel', role: 'weights', shape: [1, 1, channels, filters], trainable: true } as const;
    return [{ ...kernel, fanIn: channels, fanOut: filters, ...(init && { init }) }, biasSpec(filters, channels, filters)];
  },
  macs: ({ filters = 0 }, input) => size(input) * filters,
};

export const add: OperatorDefinition<AddLayer> = { type: 'add' };

/** Shape of one example that a skip layer holds. */
export function heldShape({ filters }: SkipLayer, input: readonly number[]): readonly number[] {
  return filters === undefined ? input : [...input.slice(0, -1), filters];
}
