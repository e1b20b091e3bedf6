import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';
import type { ArrayKernel } from '../shared/arrays';

/**
 * Gradient of max pooling: each window's dy goes to the first position (row by row) that holds the window's maximum.
 * inputs {dy, input, output}, all [n, height, width, channels].
 */
export const maxPoolGradient: ArrayKernel = ({ dy, input, output }, arrays, attrs) => {
  const info = poolGeometry(input!.shape, attrs);
  const out = arrays.output(input!.shape, 'float32');
  const [x, y, given, dx] = [arrays.float32(input), arrays.float32(output), arrays.float32(dy), arrays.float32(out)];
  dx.fill(0);
  const { batchSize, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth } = info;
  const channels = info.inChannels;
  const { top, left } = info.padInfo;
  let o = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const y0 = Math.max(0, row * strideHeight - top);
      const y1 = Math.min(inHeight, row * strideHeight - top + filterHeight);
      for (let column = 0; column < outWidth; column++) {
        const x0 = Math.max(0, column * strideWidth - left);
        const x1 = Math.min(inWidth, column * strideWidth - left + filterWidth);
        const corner = ((image * inHeight + y0) * inWidth + x0) * channels;
        for (let channel = 0; channel < channels; channel++, o++) {
          const at = firstEqual(x, y[o]!, corner + channel, y1 - y0, x1 - x0, inWidth * channels, channels);
          if (at >= 0) dx[at] = dx[at]! + given[o]!;
        }
      }
    }
  }
  return out;
};

/** Index of the first element of a window that equals `value`, −1 if none does (NaN). */
function firstEqual(x: Float32Array, value: number, corner: number, rows: number, columns: number, rowStep: number, step: number): number {
  for (let i = 0; i < rows; i++) {
    let at = corner + i * rowStep;
    for (let j = 0; j < columns; j++, at += step) if (x[at] === value) return at;
  }
  return -1;
}

function poolGeometry(shape: readonly number[], attrs: NamedAttrMap): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as {
    filterSize: number | [number, number];
    strides: number | [number, number];
    pad: 'valid' | 'same' | number;
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  const [n, height, width, channels] = shape as [number, number, number, number];
  return backend_util.computePool2DInfo([n, height, width, channels], filterSize, strides, 1, pad, dimRoundingMode);
}
