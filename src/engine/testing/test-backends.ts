/** For tests outside the engine, which may not use tfjs themselves: backends, their memory, and breaking them. */
import * as tf from '@tensorflow/tfjs-core';
import { KernelName, setKernel } from '../kernels/shared/dispatch';

/** Where the .wasm files are. */
export const wasmFolder = decodeURIComponent(
  new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname,
);

export async function switchBackend(name: 'wasm' | 'cpu'): Promise<void> {
  await tf.setBackend(name);
}

export function tensorsHeld(): number {
  return tf.memory().numTensors;
}

/** After this many training steps a backend throws in the next. Gives the function that mends it. */
export function breakAfter(steps: number, backend: 'wasm' | 'cpu', message: string): () => void {
  const working = tf.getKernel(KernelName.softmaxCrossEntropy, backend);
  if (!working) throw new Error(`${backend} has no kernel to break.`);
  let left = steps;
  setKernel({
    ...working,
    kernelFunc: (call) => {
      if (left-- <= 0) throw new Error(message);
      return working.kernelFunc(call);
    },
  });
  return () => setKernel(working);
}
