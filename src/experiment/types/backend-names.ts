import type { BackendName } from './events';

/** As people know them. */
export const backendNames: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** Whether an adapter's name is that of a program that draws on the CPU: SwiftShader, llvmpipe, lavapipe, Microsoft's WARP. */
export function isSoftwareAdapter(adapter: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|\bwarp\b|microsoft basic render|\(software\)/i.test(adapter);
}
