import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/parameter';
import { granularityOf } from '../../experiment/quantizers/common';
import { blockCounts, fittedScales, gridEncoding, gridFit, type ScaleFit, type ScaleRule, TINY_SCALE } from '../../numerics/fitted-scale';
import { type Granularity, type ScaleGrid, scaleGrid } from '../../numerics/scale-grid';
import type { Encoding } from '../../numerics/stored-tensor';
import { maxCode } from '../../numerics/uniform';
import { assign } from '../kernels/assign';
import { type Blocks, scaleShapeOf, toBlocks } from './blocks';
import type { ViewArray, ViewSetup, ViewState } from './view';
import { viewArray } from './view-array';

/** Which weights share a scale, as numerics and as tensors see it. */
export interface Layout {
  readonly shape: readonly number[];
  readonly granularity: Granularity;
  readonly grid: ScaleGrid;
  readonly scaleShape: readonly number[];
}

export function layoutOf({ values, shape, role }: ViewSetup<Values>): Layout {
  const granularity = granularityOf(values, role);
  const grid = scaleGrid(shape, granularity);
  return { shape, granularity, grid, scaleShape: scaleShapeOf(shape, grid) };
}

/** An array with a number for each block: factor × statistic of the latent values, or what it was before. */
export function fittedArray(name: string, layout: Layout, fit: ScaleFit, rate: number, { latent, state }: ViewSetup<Values>): ViewArray {
  return viewArray(name, fittedScales(latent, layout.grid, fit), layout.scaleShape, rate, state);
}

/** The twin of numerics/fitted-scale `fittedScales`, of the layout's scale shape. */
export function fitted(latent: tf.Tensor, { grid, shape, scaleShape }: Layout, { statistic, factor }: ScaleFit): tf.Tensor {
  const { blocks, axes } = toBlocks(latent, grid);
  if (statistic === 'max') return scaled(tf.max(tf.abs(blocks), [...axes], true));
  const sum = tf.sum(statistic === 'rms' ? tf.square(blocks) : tf.abs(blocks), [...axes], true);
  const counts = tf.tensor(
    blockCounts(
      shape.reduce((a, b) => a * b, 1),
      grid,
    ),
    [...scaleShape],
  );
  const mean = tf.div(sum, counts);
  return scaled(statistic === 'rms' ? tf.sqrt(mean) : mean);

  function scaled(values: tf.Tensor): tf.Tensor {
    return tf.add(tf.mul(tf.reshape(values, [...scaleShape]), factor), TINY_SCALE);
  }
}

/** Evenly spaced values, 0 among them (one bit: ±scale), whose scales follow the weights. The twin is numerics/fitted-scale. */
export class FittedGrid {
  readonly layout: Layout;
  readonly bits: number;
  readonly array: ViewArray;
  private readonly fit: ScaleFit;

  constructor(setup: ViewSetup<Values>) {
    this.layout = layoutOf(setup);
    this.bits = Number(setup.values.bits);
    this.fit = gridFit(setup.values.range as ScaleRule, this.bits);
    this.array = fittedArray('scale', this.layout, this.fit, 0, setup);
  }

  get scale(): tf.Variable {
    return this.array.variable;
  }

  toBlocks(x: tf.Tensor): Blocks {
    return toBlocks(x, this.layout.grid);
  }

  /** The nearest values of the grid to those in blocks; not differentiable. */
  nearest(blocks: tf.Tensor, scale: tf.Tensor = this.scale): tf.Tensor {
    if (this.bits === 1) return tf.mul(signs(blocks), scale);
    const most = maxCode(this.bits);
    return tf.mul(tf.clipByValue(tf.round(tf.div(blocks, scale)), -most, most), scale);
  }

  /** What the file will hold, as floats. */
  stored(latent: tf.Tensor): tf.Tensor {
    const { blocks, join } = this.toBlocks(latent);
    return join(this.nearest(blocks));
  }

  /** The scales that these values ask for. */
  scaleFor(latent: tf.Tensor): tf.Tensor {
    return fitted(latent, this.layout, this.fit);
  }

  /** After an update: scales follow the weights. */
  follow(latent: tf.Tensor): void {
    assign(this.scale, this.scaleFor(latent));
  }

  encode(latent: Float32Array, { scale }: ViewState): Encoding {
    if (!scale) throw new Error('The scales are missing.');
    return gridEncoding(latent, scale, this.layout.shape, this.layout.granularity, this.bits);
  }
}

/** 1 where x ≥ 0, else −1. */
export function signs(x: tf.Tensor): tf.Tensor {
  return tf.sub(tf.mul(tf.cast(tf.greaterEqual(x, 0), 'float32'), 2), 1);
}
