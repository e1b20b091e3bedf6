import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from './capturable-backend';
import type { Capture } from './capture';
import { compileLaunches } from './gpu-program';

/**
 * Captures `f`, first running it once only to compile its pipelines, all of them in parallel and without blocking the thread.
 * @param f see CapturableBackend.capture; tensors that it makes are disposed
 */
export async function traced(backend: CapturableBackend, f: () => void): Promise<Capture> {
  const scoped = (): void => {
    tf.tidy(() => {
      f();
    });
  };
  await compileLaunches(backend, () => {
    tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
    try {
      backend.capture(scoped).dispose();
    } finally {
      tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
    }
  });
  await backend.checkCompileCompletionAsync();
  return backend.capture(scoped);
}
