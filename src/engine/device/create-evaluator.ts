import type { Affine } from '../nn/batches';
import type { Network } from '../nn/network';
import { CapturedEvaluator } from './captured-evaluator';
import { EagerEvaluator } from './eager-evaluator';
import type { Evaluator } from './evaluator';
import { gpuBackend } from './gpu-program';

/** Captured on WebGPU, eager elsewhere and where the images do not fit the GPU. */
export function createEvaluator(network: Network, affine: Affine): Evaluator {
  const gpu = gpuBackend();
  const eager = new EagerEvaluator(network, affine);
  return gpu ? new CapturedEvaluator(gpu, network, affine, eager) : eager;
}
