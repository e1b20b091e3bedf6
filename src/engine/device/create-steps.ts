import { CapturedSteps } from './captured-steps';
import { EagerSteps } from './eager-steps';
import { gpuBackend } from './gpu-program';
import type { StepSetup, Steps } from './steps';

/** The fastest way to run these steps on the current backend. */
export function createSteps(setup: StepSetup): Steps {
  const gpu = gpuBackend();
  return (gpu && CapturedSteps.create(gpu, setup)) ?? new EagerSteps(setup);
}
