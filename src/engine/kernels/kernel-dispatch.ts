import * as tf from '@tensorflow/tfjs-core';

/**
 * The lab's own kernels. A backend takes part by registering a kernel of this name with `tf.registerKernel`;
 * an operation whose kernel the current backend lacks is composed from tfjs operations instead.
 */
export const KernelName = {
  /** inputs {parameter, gradient, slot0?, slot1?}, attrs UpdateAttributes; gives [] or [parameter, ...slots]: see optimizer-update. */
  applyUpdate: 'FewbitsApplyUpdate',
  /** inputs {logits [n, c], labels int32 [n]}; gives [loss [], correct [], gradient of the loss [n, c]]. */
  softmaxCrossEntropy: 'FewbitsSoftmaxCrossEntropy',
  /** inputs {x}, attrs {bits}; gives a tensor of x's shape. */
  fakeQuantize: 'FewbitsFakeQuantize',
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
