import * as tf from '@tensorflow/tfjs-core';

/**
 * The lab's own kernels. A backend takes part by registering a kernel of this name with `tf.registerKernel`;
 * an operation whose kernel the current backend lacks is composed from tfjs operations instead.
 */
export const KernelName = {
  /** inputs {parameter, gradient, slot0?, slot1?}, attrs {method} and UpdateValues; gives the new [parameter, ...slots]. */
  applyUpdate: 'FewbitsApplyUpdate',
  /** inputs as for applyUpdate with the parameter's number after each name, attrs also {decays, rates}; writes in place, gives []. */
  applyUpdates: 'FewbitsApplyUpdates',
  /** inputs {logits [n, c], labels int32 [n]}; gives [loss [], correct [], gradient of the loss [n, c]]. */
  softmaxCrossEntropy: 'FewbitsSoftmaxCrossEntropy',
  /** inputs {x}, attrs FakeQuantizeAttributes; gives a tensor of x's shape. */
  fakeQuantize: 'FewbitsFakeQuantize',
  /** inputs {x [n, in], weights [in, out], bias}, attrs {relu}; gives y [n, out]. */
  dense: 'FewbitsDense',
  /** inputs {x [n, h, w, in], weights [kh, kw, in, out], bias}, attrs {pad, relu}; gives y. Stride 1. */
  conv: 'FewbitsConv',
  /** inputs {dy, y}, attrs {sums}; gives [dy where y > 0, with sums also its sum over all axes but the last]. */
  reluGradient: 'FewbitsReluGradient',
  /** inputs {x}; gives the sum over all axes but the last. */
  columnSums: 'FewbitsColumnSums',
  /** inputs {x}, attrs {rate, seed, purpose, step}; gives x with dropped elements 0, the rest divided by 1 − rate. */
  dropout: 'FewbitsDropout',
  /** inputs {x, gamma, beta, movingMean, movingVariance}, attrs {momentum, epsilon}; gives [y, mean, 1 / √(variance + ε)], moves in place. */
  batchNorm: 'FewbitsBatchNorm',
  /** inputs {x, dy, gamma, mean, inverse}; gives [dx, dγ, dβ]. */
  batchNormGradient: 'FewbitsBatchNormGradient',
  /** inputs {x, scale [groups]}, attrs NestedAttributes; gives scale × whole numbers, of x's shape. */
  nestedScale: 'FewbitsNestedScale',
  /** inputs {x, dy, scale}, attrs NestedAttributes; gives the gradient for the scales by votes. */
  nestedVotes: 'FewbitsNestedVotes',
  /** inputs {x, scale}, attrs NestedAttributes and {penalty}; gives [terms [groups], dx, dscale]. */
  nestedPenalty: 'FewbitsNestedPenalty',
  /** inputs {x, draws?, largest [blocks]?}, attrs RoundToGridAttributes; gives a tensor of x's shape. */
  roundToGrid: 'FewbitsRoundToGrid',
  /** inputs {x, levels [codebooks × size], thresholds [codebooks × (size − 1)]}, attrs NearestLevelAttributes; gives levels, of x's shape. */
  nearestLevel: 'FewbitsNearestLevel',
  /** inputs {values, codes (whole numbers as float32)}, attrs {size}; gives the sum of each cluster's values, [size]. */
  clusterSums: 'FewbitsClusterSums',
  /** inputs {x, scale [1 or columns]}, attrs ClippedStepAttributes; gives a tensor of x's shape. */
  clippedStep: 'FewbitsClippedStep',
  /** inputs {x, scale, dy}, attrs ClippedStepAttributes; gives [dx, sums for each scale or column], of a fixed scale [dx]. */
  clippedStepGradient: 'FewbitsClippedStepGradient',
} as const;

/** Whether the current backend has a kernel of this name. */
export function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}

/** Runs a kernel of the current backend; the tensors it gives belong to the caller's scope. */
export function runKernel(name: string, inputs: Record<string, tf.Tensor>, attrs: tf.NamedAttrMap = {}): tf.Tensor[] {
  const result: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(name, inputs, attrs);
  return Array.isArray(result) ? result : [result];
}

/** Registers a kernel, replacing one of the same name, so that importing a module twice is harmless. */
export function setKernel(config: tf.KernelConfig): void {
  if (tf.getKernel(config.kernelName, config.backendName)) tf.unregisterKernel(config.kernelName, config.backendName);
  tf.registerKernel(config);
}
