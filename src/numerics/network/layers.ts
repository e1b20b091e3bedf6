/**
 * Layers as their definitions: slow loops in double precision, the reference against which the engine is tested on tiny shapes.
 * Images are batch × height × width × channels, row by row, channels last; dense weights are (in, out); convolution weights
 * (window height, window width, channels in, channels out). Convolutions have stride 1, as in every model here.
 */

export type Floats = Float32Array | Float64Array;

/** y = x W + b. x: rows × inputs, W: inputs × outputs, b: outputs. */
export function dense(x: Floats, weights: Floats, bias: Floats): Float64Array {
  const outputs = bias.length;
  const inputs = weights.length / outputs;
  const y = new Float64Array((x.length / inputs) * outputs);
  for (let i = 0; i < y.length; i++) {
    const [row, out] = [Math.floor(i / outputs), i % outputs];
    let sum = at(bias, out);
    for (let k = 0; k < inputs; k++) sum += at(x, row * inputs + k) * at(weights, k * outputs + out);
    y[i] = sum;
  }
  return y;
}

export interface WeightedGradients {
  readonly dx: Float64Array;
  readonly dWeights: Float64Array;
  readonly dBias: Float64Array;
}

/** Gradients of `dense`: dx = dy Wᵀ, dW = xᵀ dy, db = Σ dy. */
export function denseGradient(x: Floats, weights: Floats, outputs: number, dy: Floats): WeightedGradients {
  const inputs = weights.length / outputs;
  const dx = new Float64Array(x.length);
  const dWeights = new Float64Array(weights.length);
  const dBias = new Float64Array(outputs);
  for (let i = 0; i < dy.length; i++) {
    const [row, out] = [Math.floor(i / outputs), i % outputs];
    add(dBias, out, at(dy, i));
    for (let k = 0; k < inputs; k++) {
      add(dx, row * inputs + k, at(dy, i) * at(weights, k * outputs + out));
      add(dWeights, k * outputs + out, at(x, row * inputs + k) * at(dy, i));
    }
  }
  return { dx, dWeights, dBias };
}

export interface ConvShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
  /** Height and width of the square window. */
  /** Side of the square window. */
  readonly window: number;
  /** `same` surrounds the image with zeros so that it keeps its size: ⌊(window − 1) / 2⌋ above and left, the rest below and right. */
  readonly padding: 'same' | 'valid';
}

/** The mean of each channel. x: batch × area × channels  @returns batch × channels */
export function globalPool(x: Floats, area: number, channels: number): Float64Array {
  const y = new Float64Array(x.length / area);
  for (let i = 0; i < x.length; i++) add(y, Math.floor(i / (area * channels)) * channels + (i % channels), at(x, i) / area);
  return y;
}

/** Element by element, as residual networks do (He et al. 2016, arXiv 1512.03385, equation 1). @throws RangeError if the lengths differ */
export function sumOf(x: Floats, held: Floats): Float64Array {
  if (x.length !== held.length) throw new RangeError(`A layer adds ${held.length} numbers to ${x.length}.`);
  return Float64Array.from(x, (value, i) => value + at(held, i));
}

/** Cross-correlation with stride 1: y[p, q, f] = b[f] + Σ x[p + i, q + j, c] K[i, j, c, f]. */
export function conv(x: Floats, weights: Floats, bias: Floats, shape: ConvShape): Float64Array {
  const y = new Float64Array(shape.batch * convLength(shape, shape.height) * convLength(shape, shape.width) * shape.filters);
  for (let i = 0; i < y.length; i++) y[i] = at(bias, i % shape.filters);
  visitProducts(shape, (yi, xi, ki) => add(y, yi, at(x, xi) * at(weights, ki)));
  return y;
}

/** Gradients of `conv`. */
export function convGradient(x: Floats, weights: Floats, dy: Floats, shape: ConvShape): WeightedGradients {
  const dx = new Float64Array(x.length);
  const dWeights = new Float64Array(weights.length);
  const dBias = new Float64Array(shape.filters);
  for (let i = 0; i < dy.length; i++) add(dBias, i % shape.filters, at(dy, i));
  visitProducts(shape, (yi, xi, ki) => {
    add(dx, xi, at(dy, yi) * at(weights, ki));
    add(dWeights, ki, at(dy, yi) * at(x, xi));
  });
  return { dx, dWeights, dBias };
}

/** Calls `visit` with the flat indices of every product that a convolution sums. */
function visitProducts(shape: ConvShape, visit: (y: number, x: number, weights: number) => void): void {
  const { batch, height, width, channels, filters, window, padding } = shape;
  const before = padding === 'same' ? Math.floor((window - 1) / 2) : 0;
  const [rows, columns] = [convLength(shape, height), convLength(shape, width)];
  for (const [n, p, q, i, j] of indices(batch, rows, columns, window, window)) {
    const [row, column] = [p + i - before, q + j - before];
    if (row < 0 || row >= height || column < 0 || column >= width) continue;
    for (const [c, f] of indices(channels, filters)) {
      const yi = ((n * rows + p) * columns + q) * filters + f;
      const xi = ((n * height + row) * width + column) * channels + c;
      visit(yi, xi, ((i * window + j) * channels + c) * filters + f);
    }
  }
}

function convLength({ window, padding }: ConvShape, length: number): number {
  return padding === 'same' ? length : length - window + 1;
}

export interface PoolShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Side and stride of the window; rows and columns that do not fill a window are dropped. */
  readonly size: number;
}

/** Maximum of each window, and the flat index in x where it was found (the first one of equals, row by row). */
export function maxPool(x: Floats, shape: PoolShape): { readonly y: Float64Array; readonly from: Int32Array } {
  const { batch, height, width, channels, size } = shape;
  const [rows, columns] = [Math.floor(height / size), Math.floor(width / size)];
  const y = new Float64Array(batch * rows * columns * channels).fill(Number.NEGATIVE_INFINITY);
  const from = new Int32Array(y.length).fill(-1);
  for (const [n, p, q, c, i, j] of indices(batch, rows, columns, channels, size, size)) {
    const yi = ((n * rows + p) * columns + q) * channels + c;
    const xi = ((n * height + p * size + i) * width + q * size + j) * channels + c;
    if (at(x, xi) > at(y, yi) || from[yi] === -1) {
      y[yi] = at(x, xi);
      from[yi] = xi;
    }
  }
  return { y, from };
}

/** Gradient of `maxPool`: each window's dy goes to where its maximum was found. */
export function maxPoolGradient(from: Int32Array, dy: Floats, inputLength: number): Float64Array {
  const dx = new Float64Array(inputLength);
  for (const [i, xi] of from.entries()) add(dx, xi, at(dy, i));
  return dx;
}

interface ActivationFunction {
  readonly value: (x: number) => number;
  /** Derivative at x. That of ReLU at 0 is 0. */
  readonly slope: (x: number) => number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Apply with `x.map(activations.relu.value)`; the gradient is dy × slope(x). */
export const activations: Readonly<Record<'relu' | 'tanh' | 'sigmoid', ActivationFunction>> = {
  relu: { value: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
  sigmoid: { value: sigmoid, slope: (x) => sigmoid(x) * (1 - sigmoid(x)) },
};

/** Every tuple of indices below these sizes, the last one fastest. */
function* indices<T extends number[]>(...sizes: T): Generator<T> {
  const index = sizes.map(() => 0);
  if (sizes.some((length) => length < 1)) return;
  for (;;) {
    yield index as T;
    let axis = sizes.length - 1;
    while (axis >= 0 && at(index, axis) === at(sizes, axis) - 1) index[axis--] = 0;
    if (axis < 0) return;
    index[axis] = at(index, axis) + 1;
  }
}

function at(array: ArrayLike<number>, index: number): number {
  const value = array[index];
  if (value === undefined) throw new RangeError(`There is no element ${index} in an array of ${array.length}: the shapes do not fit.`);
  return value;
}

function add(array: Float64Array, index: number, value: number): void {
  array[index] = at(array, index) + value;
}
