import type { OperatorDefinition } from './operator';

/** The mean of each channel over the whole image. */
export interface GlobalPoolLayer {
  readonly type: 'globalPool';
}

/** Lin, Chen and Yan 2014 (arXiv 1312.4400), section 3.2. */
export const globalPool: OperatorDefinition<GlobalPoolLayer> = {
  type: 'globalPool',
  perChannel: true,
  image: true,
  shapeAfter: (_layer, input) => [input.at(-1) ?? 0],
};
