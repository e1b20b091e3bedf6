/** Central differences of a scalar function: (f(x + h e) − f(x − h e)) / 2h for every coordinate, with h = 1e-5. */
export function numericalGradient(f: (x: Float64Array) => number, x: Float64Array): Float64Array {
  const h = 1e-5;
  return x.map((_, i) => {
    const moved = (by: number) => f(x.map((value, j) => (i === j ? value + by : value)));
    return (moved(h) - moved(-h)) / (2 * h);
  });
}

/** A fixed, irregular array with values in [−1, 1] that are all different. */
export function someValues(length: number, phase: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.sin(1.7 * i + phase + 0.01 * i * i));
}

/** Σ a b. */
export function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
