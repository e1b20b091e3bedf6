/**
 * Optimal Brain Damage (LeCun, Denker, Solla 1989, NIPS 2): a weight at a minimum of the loss costs h w² / 2, where h is its element on
 * the diagonal of the Hessian. The diagonal comes from one backward pass, in the Gauss-Newton form, which is never negative.
 */

/** s = h w² / 2 (equation 5). @param curvature h, the diagonal of the Hessian  @throws RangeError if the lengths differ */
export function obdScores(weights: Float32Array, curvature: Float32Array): Float32Array {
  if (weights.length !== curvature.length)
    throw new RangeError(`There are ${weights.length} weights and ${curvature.length} second derivatives.`);
  return weights.map((weight, i) => ((curvature[i] as number) * weight * weight) / 2);
}

/** A dense layer, [inputs, outputs] row by row, with a ReLU after all but the last. */
export interface CurvedLayer {
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/**
 * The diagonal for dense layers with ReLU and softmax cross-entropy, averaged over images:
 * - output: h = p (1 − p);
 * - weight from input x to an output with h: h_w = h x²;
 * - input of a layer: h = f′(a)² Σ w² h over its outputs. ReLU has no second derivative that would be left out.
 * @param images [n, inputs] row by row  @returns an array for each layer's weights, in double precision until the end
 */
export function denseCurvature(layers: readonly CurvedLayer[], images: Float32Array, inputs: number): Float32Array[] {
  const sums = layers.map(({ weights }) => new Float64Array(weights.length));
  const count = images.length / inputs;
  for (let n = 0; n < count; n++) {
    const seen: Float64Array[] = [Float64Array.from(images.subarray(n * inputs, (n + 1) * inputs))];
    layers.forEach((layer, l) => {
      const y = forward(layer, seen[l] as Float64Array);
      seen.push(l + 1 < layers.length ? y.map((value) => Math.max(0, value)) : y);
    });
    let h = outputCurvature(seen.at(-1) as Float64Array);
    for (let l = layers.length - 1; l >= 0; l--)
      h = backward(layers[l] as CurvedLayer, seen[l] as Float64Array, h, sums[l] as Float64Array);
  }
  return sums.map((own) => Float32Array.from(own, (value) => value / count));
}

function forward({ weights, biases }: CurvedLayer, x: Float64Array): Float64Array {
  const y = Float64Array.from(biases);
  x.forEach((value, i) => {
    for (let o = 0; o < y.length; o++) y[o] = (y[o] as number) + value * (weights[i * y.length + o] as number);
  });
  return y;
}

/** p (1 − p) for each class. */
function outputCurvature(logits: Float64Array): Float64Array {
  const largest = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const powers = logits.map((value) => Math.exp(value - largest));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => (value / total) * (1 - value / total));
}

/** Adds h x² to the sums, and gives what flows back to the layer before, through its ReLU. */
function backward({ weights }: CurvedLayer, x: Float64Array, h: Float64Array, sums: Float64Array): Float64Array {
  return x.map((value, i) => {
    let back = 0;
    for (let o = 0; o < h.length; o++) {
      const at = i * h.length + o;
      sums[at] = (sums[at] as number) + value * value * (h[o] as number);
      back += (weights[at] as number) ** 2 * (h[o] as number);
    }
    return value > 0 ? back : 0;
  });
}
