import * as tf from '@tensorflow/tfjs-core';
import { setArrayKernel } from './cpu-arrays';
import { setKernel } from './kernel-dispatch';
import { filterGradientByConvolution, inputGradientByConvolution } from './wasm-convolution';
import { matMulByTransposing } from './wasm-matmul';
import { maxPoolGradient } from './wasm-max-pool';
import { leadingReduction, unsortedSegmentSum } from './wasm-reductions';

let installed = false;

/**
 * Makes training fast on the wasm backend by replacing kernels of that backend only: products with transpose flags,
 * both gradients of a convolution (tfjs lacks the filter's), the gradients of max pooling and gather, and sums and means
 * over leading axes. Elsewhere tfjs's compiled loops win: relu's gradient as step and product is 10 times a loop in JavaScript. Import '@tensorflow/tfjs-backend-wasm' before; call it before or after the backend is opened.
 * A second call does nothing.
 * @throws Error if the wasm kernels are not registered
 */
export function installWasmGradients(): void {
  if (installed) return;
  installed = true;
  const transpose = wasmKernel(tf.Transpose).kernelFunc;
  const convolve = wasmKernel(tf.Conv2D).kernelFunc;
  replace(tf.BatchMatMul, (original) => matMulByTransposing(original, transpose));
  replace(tf.Conv2DBackpropInput, (original) => inputGradientByConvolution(convolve, original));
  replace(tf.Sum, (original) => leadingReduction(false, original));
  replace(tf.Mean, (original) => leadingReduction(true, original));
  setKernel({ kernelName: tf.Conv2DBackpropFilter, backendName: 'wasm', kernelFunc: filterGradientByConvolution(convolve, transpose) });
  setArrayKernel(tf.MaxPoolGrad, maxPoolGradient, ['wasm']);
  setArrayKernel(tf.UnsortedSegmentSum, unsortedSegmentSum, ['wasm']);
}

/** Keeps the original's set-up, which binds the compiled function when the backend opens. */
function replace(kernelName: string, make: (original: tf.KernelFunc) => tf.KernelFunc): void {
  const original = wasmKernel(kernelName);
  setKernel({ ...original, kernelFunc: make(original.kernelFunc) });
}

function wasmKernel(kernelName: string): tf.KernelConfig {
  const found = tf.getKernel(kernelName, 'wasm');
  if (!found) throw new Error(`The WebAssembly backend has no kernel ${kernelName}: is @tensorflow/tfjs-backend-wasm imported?`);
  return found;
}
