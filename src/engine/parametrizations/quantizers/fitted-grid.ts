import * as tf from '@tensorflow/tfjs-core';
import { granularityOf } from '../../../experiment/methods/quantizers/weight-settings';
import type { Values } from '../../../experiment/settings/setting';
import type { Encoding } from '../../../numerics/container/stored-tensor';
import { gridEncoding } from '../../../numerics/quantizers/uniform-encodings';
import { firstScales, type ScaleRule, TINY_SCALE } from '../../../numerics/scales/fitted-scale';
import { type Granularity, type ScaleGrid, scaleGrid } from '../../../numerics/scales/scale-grid';
import { maxCode } from '../../../numerics/scales/uniform';
import { assign } from '../../kernels/shared/assign';
import { type Blocks, scaleShapeOf, toBlocks } from '../../kernels/shared/blocks';
import type { ParametrizationSetup, ParametrizationState, StateArray } from '../parametrization';
import { stateArray } from '../parametrization';
import { signs } from './signs';

/** Which weights share a scale, as numerics and as tensors see it. */
export interface Layout {
  readonly shape: readonly number[];
  readonly granularity: Granularity;
  readonly grid: ScaleGrid;
  readonly scaleShape: readonly number[];
}

export function layoutOf({ values, shape, role }: ParametrizationSetup<Values>): Layout {
  const granularity = granularityOf(values, role);
  const grid = scaleGrid(shape, granularity);
  return { shape, granularity, grid, scaleShape: scaleShapeOf(shape, grid) };
}

/** The largest magnitude of each block, of the layout's scale shape, never 0. */
export function largest(latent: tf.Tensor, { grid, scaleShape }: Layout): tf.Tensor {
  const { blocks, axes } = toBlocks(latent, grid);
  return tf.add(tf.reshape(tf.max(tf.abs(blocks), [...axes], true), [...scaleShape]), TINY_SCALE);
}

/**
 * The scales with the least squared error for the units that the weights have: the twin of numerics/scales/fitted-scale
 * `leastSquaresScales`.
 * @param unitsOf what each weight in blocks is as a multiple of its scale
 */
export function leastSquares(
  latent: tf.Tensor,
  scale: tf.Tensor,
  { grid, scaleShape }: Layout,
  unitsOf: (blocks: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const { blocks, axes } = toBlocks(latent, grid);
  const all = unitsOf(blocks);
  // What fills up the last blocks is no weight.
  const units = blocks.size === latent.size ? all : tf.mul(all, toBlocks(tf.onesLike(latent), grid).blocks);
  const sum = (values: tf.Tensor) => tf.reshape(tf.sum(tf.mul(values, units), [...axes], true), [...scaleShape]);
  const squares = sum(units);
  return tf.where(tf.equal(squares, 0), scale, tf.add(tf.div(sum(blocks), squares), TINY_SCALE));
}

/** Evenly spaced values, 0 among them (one bit: ±scale), whose scales follow the weights. The twin is numerics/scales/fitted-scale. */
export class FittedGrid {
  readonly layout: Layout;
  readonly bits: number;
  readonly array: StateArray;
  private readonly rule: ScaleRule;

  constructor(setup: ParametrizationSetup<Values>) {
    this.layout = layoutOf(setup);
    this.bits = Number(setup.values.bits);
    this.rule = setup.values.range as ScaleRule;
    const first = setup.state.scale ?? firstScales(setup.latent, this.layout.grid, this.bits, this.rule);
    this.array = stateArray('scale', first, this.layout.scaleShape, 0, setup.state);
  }

  get scale(): tf.Variable {
    return this.array.variable;
  }

  toBlocks(x: tf.Tensor): Blocks {
    return toBlocks(x, this.layout.grid);
  }

  /** The nearest values of the grid to those in blocks; not differentiable. */
  nearest(blocks: tf.Tensor, scale: tf.Tensor = this.scale): tf.Tensor {
    return tf.mul(this.codes(blocks, scale), scale);
  }

  /** Multiples of the scale; 1 and −1 for one bit. */
  private codes(blocks: tf.Tensor, scale: tf.Tensor): tf.Tensor {
    if (this.bits === 1) return signs(blocks);
    const most = maxCode(this.bits);
    return tf.clipByValue(tf.round(tf.div(blocks, scale)), -most, most);
  }

  /** What the file will hold, as floats. */
  stored(latent: tf.Tensor): tf.Tensor {
    const { blocks, join } = this.toBlocks(latent);
    return join(this.nearest(blocks));
  }

  /** Better scales for these values: numerics/scales/fitted-scale `nextScales`. */
  scaleFor(latent: tf.Tensor): tf.Tensor {
    if (this.bits > 1 && this.rule === 'max') return tf.div(largest(latent, this.layout), maxCode(this.bits));
    return leastSquares(latent, this.scale, this.layout, (blocks) => this.codes(blocks, this.scale));
  }

  /** After an update: scales follow the weights. */
  follow(latent: tf.Tensor): void {
    assign(this.scale, this.scaleFor(latent));
  }

  encode(latent: Float32Array, { scale }: ParametrizationState): Encoding {
    if (!scale) throw new Error('The scales are missing.');
    return gridEncoding(latent, scale, this.layout.shape, this.layout.granularity, this.bits);
  }
}
