import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { installWasmGradients } from '../kernels/wasm/gradients';

export type WasmPaths = string | Readonly<Record<string, string>>;

let installed = false;

/** Prepares the WebAssembly backend: where its files are, one thread, and gradients that tfjs lacks or does slowly there. */
export function openWasm(paths: WasmPaths | undefined): void {
  if (installed) return;
  installed = true;
  if (paths) setWasmPaths(paths as string);
  // More threads need cross-origin isolation, which a static host rarely gives; one thread is also reproducible.
  setThreadsCount(1);
  installWasmGradients();
}
