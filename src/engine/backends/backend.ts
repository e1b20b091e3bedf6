/**
 * Choosing where the arithmetic runs: WebGPU if it can, else WebGL, WebAssembly, plain JavaScript, always saying why. A graphics
 * adapter that is a program on the CPU is passed over unless it is asked for: WebAssembly is some 30 times faster there.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { backendNames, isSoftwareAdapter } from '../../experiment/types/backend-names';
import type { BackendInfo, BackendName } from '../../experiment/types/events';
import type { WasmPaths } from './wasm-backend';
import { webglAdapter } from './webgl-adapter';
import { adapterName, findAdapter, openWebgpu } from './webgpu-backend';

/** In order of preference. */
export const backendOrder: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

export interface BackendOptions {
  /** Use this one only, and fail if it cannot be had. */
  readonly only?: BackendName;
  /** Skip these: they failed earlier in this session. */
  readonly without?: readonly { readonly name: BackendName; readonly reason: string }[];
  /** Where the .wasm files are: a folder ending in a slash, or an address for each file name. */
  readonly wasmPaths?: WasmPaths;
  /** A GPU other than navigator.gpu: Node's, for benchmarks. */
  readonly gpu?: GPU;
}

/**
 * Opens the best backend that works here.
 * @throws Error with one sentence if `only` is given and cannot be opened
 */
export async function openBackend(options: BackendOptions = {}): Promise<BackendInfo> {
  // No banner in the console; numbers that are not finite are the run's own to explain.
  tf.enableProdMode();
  const reasons: string[] = [];
  const passedOver: BackendName[] = [];
  for (const name of options.only ? [options.only] : backendOrder) {
    const failedBefore = options.without?.find((entry) => entry.name === name);
    if (failedBefore) {
      reasons.push(failedBefore.reason);
      continue;
    }
    try {
      if (!options.only && isSoftwareAdapter(await adapterOf(name, options))) {
        passedOver.push(name);
        continue;
      }
      const adapter = await open(name, options);
      return { name, adapter, reasons, ...(passedOver.length > 0 && { note: whyPassedOver(passedOver, name) }) };
    } catch (error) {
      reasons.push(`${backendNames[name]} is not available: ${sentence(error)}`);
    }
  }
  throw new Error(reasons.join(' '));
}

/** The adapter that the backend would use, in words; '' where there is none. */
async function adapterOf(name: BackendName, { gpu }: BackendOptions): Promise<string> {
  if (name === 'webgpu') return adapterName(await findAdapter(gpu ?? globalThis.navigator?.gpu));
  return name === 'webgl' ? webglAdapter() : '';
}

function whyPassedOver(passed: readonly BackendName[], used: BackendName): string {
  const names = passed.map((name) => backendNames[name]).join(' and ');
  return `No graphics card was found: ${names} would run on the CPU here, where ${backendNames[used]} is faster.`;
}

async function open(name: BackendName, options: BackendOptions): Promise<string> {
  if (name === 'webgpu') return openWebgpu(options.gpu ?? globalThis.navigator?.gpu);
  if (name === 'webgl') {
    if (typeof OffscreenCanvas === 'undefined') throw new Error('there is no canvas to draw on.');
    await import('@tensorflow/tfjs-backend-webgl');
    if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))
      throw new Error('it computes in half precision on this device, where Adam’s ε would round to zero.');
  }
  if (name === 'wasm') {
    const { openWasm } = await import('./wasm-backend');
    openWasm(options.wasmPaths);
  }
  if (!(await tf.setBackend(name))) throw new Error('it could not be initialized.');
  await tf.ready();
  // One real operation: some drivers accept a context and then fail.
  const probe = tf.tidy(() => tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])));
  const [first] = await probe.data();
  probe.dispose();
  if (first !== 2) throw new Error(`a test product gave ${first} instead of 2.`);
  return name === 'webgl' ? webglAdapter() : '';
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.endsWith('.') ? text : `${text}.`;
}
