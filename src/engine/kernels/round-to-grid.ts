import * as tf from '@tensorflow/tfjs-core';
import { fp8Scale, roundToElement } from '../../numerics/formats/fp8-scaled';
import { mxExponent } from '../../numerics/formats/mx';
import { isStochastic } from '../../numerics/rounding/rounding';
import { powerOfTwo, type RoundingGrid, roundToGrid } from '../../numerics/rounding/rounding-grid';
import { type ScaleGrid, scaleOf } from '../../numerics/scales/scale-grid';
import { setArrayKernel } from './shared/arrays';
import type { RoundToGridAttributes } from './shared/attributes';
import { toBlocks } from './shared/blocks';
import { hasKernel, KernelName, runKernel } from './shared/dispatch';
import { composedRoundToGrid } from './shared/round-to-grid-composed';

/**
 * Rounds to the numbers of a grid; the gradient passes straight through. The same bits on every backend that has the kernel: those
 * of numerics/rounding/rounding-grid, or, with blocks, of numerics/formats/mx and numerics/formats/fp8-scaled.
 * @param draws gives uniform numbers in [0, 1) of x's shape; called for stochastic roundings only
 */
export function roundTensor(x: tf.Tensor, attributes: RoundToGridAttributes, draws: () => tf.Tensor): tf.Tensor {
  const straight = tf.customGrad((values) => ({
    value: rounded(values as tf.Tensor, attributes, draws),
    gradFunc: (dy: tf.Tensor) => tf.clone(dy),
  }));
  return straight(x);
}

function rounded(x: tf.Tensor, attributes: RoundToGridAttributes, draws: () => tf.Tensor): tf.Tensor {
  const random = isStochastic(attributes.rounding) ? { draws: draws() } : {};
  const largest = attributes.blocks ? { largest: blockMaxima(x, attributes.blocks.layout) } : {};
  const inputs: { readonly x: tf.Tensor; readonly draws?: tf.Tensor; readonly largest?: tf.Tensor } = { x, ...random, ...largest };
  if (hasKernel(KernelName.roundToGrid))
    return runKernel(KernelName.roundToGrid, { ...inputs }, attributes as unknown as tf.NamedAttrMap)[0] as tf.Tensor;
  return composedRoundToGrid(inputs, attributes);
}

function blockMaxima(x: tf.Tensor, layout: ScaleGrid): tf.Tensor {
  const { blocks, axes } = toBlocks(x, layout);
  return tf.reshape(tf.max(tf.abs(blocks), [...axes]), [layout.scales]);
}

/** The grid of a block whose exponent is `exponent`. */
function scaled(grid: RoundingGrid, exponent: number): RoundingGrid {
  const factor = powerOfTwo(exponent);
  return { ...grid, smallestStep: grid.smallestStep + exponent, min: grid.min * factor, max: grid.max * factor };
}

setArrayKernel(KernelName.roundToGrid, ({ x, draws, largest }, arrays, attrs) => {
  const { grid, rounding, blocks } = attrs as unknown as RoundToGridAttributes;
  const out = arrays.output(x!.shape, 'float32');
  const [values, random, result] = [arrays.float32(x), draws ? arrays.float32(draws) : undefined, arrays.float32(out)];
  const draw = (i: number) => (random ? random[i]! : 0);
  if (!blocks) for (let i = 0; i < values.length; i++) result[i] = roundToGrid(values[i]!, grid, rounding, draw(i));
  else if (blocks.scale === 'e8m0') {
    const grids = Array.from(arrays.float32(largest), (max) => scaled(grid, mxExponent(max, blocks)));
    for (let i = 0; i < values.length; i++) result[i] = roundToGrid(values[i]!, grids[scaleOf(blocks.layout, i)]!, rounding, draw(i));
  } else {
    const scales = Array.from(arrays.float32(largest), (max) => fp8Scale(max, blocks.maxFinite));
    for (let i = 0; i < values.length; i++) {
      const scale = scales[scaleOf(blocks.layout, i)]!;
      result[i] = roundToElement(values[i]!, scale, grid, rounding, draw(i)) * scale;
    }
  }
  return out;
});
