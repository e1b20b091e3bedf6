import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, exact } from '../../device/gpu-program';
import { KernelName, runKernel, setKernel } from '../shared/dispatch';
import { reduceColumns } from './columns';
import { elementwise } from './elementwise';

/**
 * Mean and sum of squared deviations of each channel, row by row (Welford 1962) and joined pairwise (Chan, Golub and
 * LeVeque 1979): no difference of large numbers is taken. acc = (rows, mean, squares, unused).
 */
const moments = {
  name: 'batch norm, statistics',
  type: 'vec4f',
  zero: 'vec4f(0.0)',
  term: 'acc.x += 1.0; let d = x[i] - acc.y; acc.y += d / acc.x; acc.z += d * (x[i] - acc.y);',
  merge: `if (b.x == 0.0) { return a; }
  let n = a.x + b.x;
  let d = b.y - a.y;
  return vec4f(n, a.y + d * (b.x / n), a.z + b.z + d * d * (a.x * b.x / n), 0.0);`,
} as const;

/** Normalizes with the batch's statistics and moves the moving averages in their own buffers. */
setKernel({
  kernelName: KernelName.batchNorm,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { x, gamma, beta, movingMean, movingVariance } = inputs as Record<string, tf.TensorInfo>;
    if (!x || !gamma || !beta || !movingMean || !movingVariance) throw new Error('Batch normalization lacks an input.');
    const { momentum, epsilon } = attrs as { momentum: number; epsilon: number };
    const mean = emptyTensor(gpu, gamma.shape);
    const inverse = emptyTensor(gpu, gamma.shape);
    const move = (moving: string, value: string) =>
      `${moving}[column] = ${exact(momentum)} * ${moving}[column] + ${exact(1 - momentum)} * ${value};`;
    reduceColumns(gpu, {
      ...moments,
      reads: { x },
      finish: `let variance = acc.z / acc.x;
    mean[column] = acc.y;
    inverse[column] = 1.0 / sqrt(variance + ${exact(epsilon)});
    ${move('movingMean', 'acc.y')}
    ${move('movingVariance', 'variance')}`,
      results: { mean, inverse, movingMean, movingVariance },
    });
    const y = emptyTensor(gpu, x.shape);
    const normalize = `let c = i % arrayLength(&gamma);
  output[i] = (x[i] - mean[c]) * (gamma[c] * inverse[c]) + beta[c];`;
    elementwise(gpu, 'batch norm', { x, mean, inverse, gamma, beta }, y, normalize);
    return [y, mean, inverse];
  },
});

/** The two sums over rows, then dx = γ / √(variance + ε) × (dy − mean(dy) − x̂ mean(dy x̂)). */
setKernel({
  kernelName: KernelName.batchNormGradient,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend }) {
    const gpu = backend as CapturableBackend;
    const { x, dy, gamma, mean, inverse } = inputs as Record<string, tf.TensorInfo>;
    if (!x || !dy || !gamma || !mean || !inverse) throw new Error('The gradient of batch normalization lacks an input.');
    const dGamma = emptyTensor(gpu, gamma.shape);
    const dBeta = emptyTensor(gpu, gamma.shape);
    reduceColumns(gpu, {
      name: 'batch norm, gradient',
      type: 'vec2f',
      zero: 'vec2f(0.0)',
      term: 'acc += vec2f(dy[i], dy[i] * ((x[i] - mean[column]) * inverse[column]));',
      merge: 'return a + b;',
      reads: { x, dy, mean, inverse },
      finish: 'dBeta[column] = acc.x; dGamma[column] = acc.y;',
      results: { dBeta, dGamma },
    });
    const dx = emptyTensor(gpu, x.shape);
    const gradient = `let columns = arrayLength(&gamma);
  let rows = f32(arrayLength(&x) / columns);
  let c = i % columns;
  let normalized = (x[i] - mean[c]) * inverse[c];
  output[i] = gamma[c] * inverse[c] * (dy[i] - dBeta[c] / rows - normalized * (dGamma[c] / rows));`;
    elementwise(gpu, 'batch norm, gradient', { x, dy, gamma, mean, inverse, dGamma, dBeta }, dx, gradient);
    return [dx, dGamma, dBeta];
  },
});

tf.registerGradient({
  kernelName: KernelName.batchNorm,
  inputsToSave: ['x', 'gamma'],
  outputsToSave: [false, true, true],
  gradFunc(dy, [x, gamma, mean, inverse]) {
    const first = (dy as tf.Tensor[])[0]!;
    const [dx, dGamma, dBeta] = runKernel(KernelName.batchNormGradient, {
      x: x!,
      dy: first,
      gamma: gamma!,
      mean: mean!,
      inverse: inverse!,
    });
    return { x: () => dx!, gamma: () => dGamma!, beta: () => dBeta! };
  },
});
