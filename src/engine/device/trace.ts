import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from './capturable-backend';
import type { Capture } from './capture';
import { compile, launchesOf } from './gpu-program';

/** Called while kernels compile: how many are ready, of how many. */
export type CompileProgress = (ready: number, all: number) => void;

/**
 * Captures `f`, first running it once only to compile its pipelines, all of them in parallel and without blocking the thread.
 * @param f see CapturableBackend.capture; tensors that it makes are disposed
 */
export async function traced(backend: CapturableBackend, f: () => void, onProgress: CompileProgress = () => {}): Promise<Capture> {
  const scoped = (): void => {
    tf.tidy(() => {
      f();
    });
  };
  const sources = launchesOf(() => {
    tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
    try {
      backend.capture(scoped).dispose();
    } finally {
      tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
    }
  });
  const jobs = [...compile(backend, sources), ...backend.compiling()];
  let ready = 0;
  await Promise.all(jobs.map((job) => job.then(() => onProgress(++ready, jobs.length))));
  await backend.checkCompileCompletionAsync();
  return backend.capture(scoped);
}
