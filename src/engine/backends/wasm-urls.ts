/** Where the page's server has the WebAssembly files; for bundles made by Vite only. */
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { WasmPaths } from './wasm-backend';

/** @param base address of the script that asks: the files' addresses may be relative to it */
export function servedWasmPaths(base: string): WasmPaths {
  const address = (url: string): string => new URL(url, base).href;
  // tfjs wants all three to be known; the browser fetches the one that it can run.
  return {
    'tfjs-backend-wasm.wasm': address(plainUrl),
    'tfjs-backend-wasm-simd.wasm': address(simdUrl),
    'tfjs-backend-wasm-threaded-simd.wasm': address(threadedUrl),
  };
}
