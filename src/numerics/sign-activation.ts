/** Binary activations (Rastegari et al. 2016, "XNOR-Net", arXiv 1603.05279, section 3.2). */

/**
 * β sign(x) with β the mean |x| of each image. What is not above 0 counts as −1, so that behind a ReLU the units that are silent
 * and those that are not stay apart. Sums are double precision.
 * @param images how many images follow one another
 */
export function signActivation(values: Float32Array, images: number): Float32Array {
  const scales = imageScales(values, images);
  return values.map((value, i) => (value > 0 ? 1 : -1) * scaleAt(scales, i, values.length));
}

/** Its gradient by the clipped straight-through estimator: β dy where |x| ≤ 1, else 0; β is taken as constant. */
export function signActivationGradient(values: Float32Array, images: number, dy: Float32Array): Float32Array {
  const scales = imageScales(values, images);
  return values.map((value, i) => (Math.abs(value) <= 1 ? scaleAt(scales, i, values.length) * (dy[i] as number) : 0));
}

function imageScales(values: Float32Array, images: number): Float32Array {
  const size = values.length / images;
  return Float32Array.from({ length: images }, (_, image) => {
    let sum = 0;
    for (let i = image * size; i < (image + 1) * size; i++) sum += Math.abs(values[i] as number);
    return sum / size;
  });
}

function scaleAt(scales: Float32Array, i: number, count: number): number {
  return scales[Math.floor((i * scales.length) / count)] as number;
}
