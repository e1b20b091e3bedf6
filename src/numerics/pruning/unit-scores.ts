/**
 * How much each unit of a layer matters: the lowest scores go. A unit is a neuron of a dense layer or a filter of a convolution, and
 * its weights are a column of the kernel: all axes but the last are the rows, row-major. Scores are in the units of the weights (or
 * of the activations), as many as there are units.
 */

type Floats = Float32Array | Float64Array;

/** The L1 norm of each unit's weights. Li et al. 2017, "Pruning filters for efficient convnets" (arXiv 1608.08710), section 3.1. */
export function l1Scores(kernel: Floats, units: number): Float32Array {
  return Float32Array.from(columnSums(kernel, units, Math.abs));
}

/** The L2 norm of each unit's weights. He et al. 2018, "Soft filter pruning" (arXiv 1808.06866), equation 2 with p = 2. */
export function l2Scores(kernel: Floats, units: number): Float32Array {
  return Float32Array.from(
    columnSums(kernel, units, (w) => w * w),
    Math.sqrt,
  );
}

/**
 * The sum of each unit's Euclidean distances to the other units of its layer: the unit nearest to the geometric median can best be
 * replaced by the others, however large it is. He et al. 2019, FPGM (arXiv 1811.00250), equations 4 to 6.
 */
export function medianScores(kernel: Floats, units: number): Float32Array {
  const rows = kernel.length / units;
  const scores = new Float64Array(units);
  const own = new Float64Array(kernel.length);
  for (let row = 0; row < rows; row++) for (let u = 0; u < units; u++) own[u * rows + row] = kernel[row * units + u] ?? 0;
  for (let a = 0; a < units; a++)
    for (let b = 0; b < a; b++) {
      let squares = 0;
      for (let row = 0; row < rows; row++) squares += ((own[a * rows + row] as number) - (own[b * rows + row] as number)) ** 2;
      scores[a] = (scores[a] as number) + Math.sqrt(squares);
      scores[b] = (scores[b] as number) + Math.sqrt(squares);
    }
  return Float32Array.from(scores);
}

/**
 * How much the loss changes when a unit's weights become 0, to first order, squared: (Σ g w)² over the unit's weights.
 * Molchanov et al. 2019, "Importance estimation for neural network pruning" (arXiv 1906.10771), equation 8.
 * @param gradient of the loss by the kernel, on one batch; callers average over batches
 */
export function taylorScores(kernel: Floats, gradient: Floats, units: number): Float32Array {
  return Float32Array.from(
    columnSums(kernel, units, (w, i) => w * (gradient[i] ?? 0)),
    (sum) => sum * sum,
  );
}

/**
 * The share of a unit's outputs that are not 0: one minus the average percentage of zeros (APoZ) of Hu et al. 2016, "Network trimming"
 * (arXiv 1607.03250), equation 1.
 * @param outputs the unit is the last axis: [images, positions, units] in a row  @returns 0 … 1
 */
export function activeShares(outputs: Floats, units: number): Float32Array {
  return Float32Array.from(
    columnSums(outputs, units, (y) => (y === 0 ? 0 : 1)),
    (sum) => (sum * units) / outputs.length,
  );
}

/** 0 for a unit whose weights are all 0, which gives the same output for every image; 1 for the others. */
export function aliveScores(kernel: Floats, units: number): Float32Array {
  return l1Scores(kernel, units).map((norm) => (norm === 0 ? 0 : 1));
}

/**
 * The scores of a layer, divided by their L2 norm: without it, layers with few or small weights would lose nearly all of their units when
 * the layers are ranked together. Molchanov et al. 2017 (arXiv 1611.06440), section 2.2. Scores that are all 0 stay 0.
 */
export function normalizedScores(scores: Float32Array): Float32Array {
  const norm = Math.sqrt(scores.reduce((sum, score) => sum + score * score, 0));
  return norm === 0 ? scores.slice() : scores.map((score) => score / norm);
}

/** The sum over each column, in double precision. */
function columnSums(values: Floats, units: number, term: (value: number, index: number) => number): Float64Array {
  const sums = new Float64Array(units);
  for (let i = 0; i < values.length; i++) sums[i % units] = (sums[i % units] as number) + term(values[i] as number, i);
  return sums;
}
