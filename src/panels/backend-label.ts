import type { BackendName } from '../experiment/events';

const NAMES: Readonly<Record<BackendName, string>> = { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript' };

export function backendLabel(name: BackendName): string {
  return NAMES[name];
}
