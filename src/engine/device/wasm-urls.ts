/** Where the page's server keeps the WebAssembly files; for bundles made by Vite only. */
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { WasmPaths } from './wasm-backend';

/** @param base address of the script that asks: the files' addresses may be relative to it */
export function servedWasmPaths(base: string): WasmPaths {
  const address = (url: string): string => new URL(url, base).href;
  return { 'tfjs-backend-wasm.wasm': address(plainUrl), 'tfjs-backend-wasm-simd.wasm': address(simdUrl) };
}
