/** Makes navigator.gpu available to libraries that look for it there. */
import { openNodeGpu } from '../../src/cli/open';

/** The browser's GPU, or Node's through the optional package, then also put where a browser has it. */
export async function provideGpu(): Promise<GPU> {
  const own = globalThis.navigator?.gpu;
  if (own) return own;
  if (typeof process === 'undefined') throw new Error('This browser does not offer WebGPU (navigator.gpu is missing).');
  const gpu = await openNodeGpu();
  const value = { userAgent: 'node', hardwareConcurrency: 1, gpu };
  Object.defineProperty(globalThis, 'navigator', { value, configurable: true });
  return gpu;
}
