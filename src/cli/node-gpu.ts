/** WebGPU in Node comes from the optional package `webgpu` (Dawn). */
interface NodeWebgpu {
  readonly create: (options: string[]) => GPU;
  readonly globals: object;
}

/**
 * Node's GPU, with WebGPU's constants (GPUBufferUsage and so on) made global as they are in a browser.
 * @throws Error with one sentence where the package or its driver is missing
 */
export async function openNodeGpu(): Promise<GPU> {
  // A name that the compiler does not follow: the package is optional and has no types of its own that fit.
  const name = 'webgpu';
  let webgpu: NodeWebgpu;
  try {
    webgpu = (await import(name)) as NodeWebgpu;
  } catch {
    throw new Error('WebGPU in Node needs the optional package "webgpu", which is not installed for this system: choose --backend wasm.');
  }
  Object.assign(globalThis, webgpu.globals);
  return webgpu.create([]);
}
