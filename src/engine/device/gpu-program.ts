import * as tf from '@tensorflow/tfjs-core';
import { CapturableBackend } from './capturable-backend';

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

/** The current backend, if it is WebGPU. */
export function gpuBackend(): CapturableBackend | undefined {
  const backend = tf.backend();
  return backend instanceof CapturableBackend ? backend : undefined;
}

/** A new tensor for a kernel to write into; contents undefined. */
export function emptyTensor(backend: CapturableBackend, shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
  const info = backend.makeTensorInfo([...shape], dtype);
  backend.uploadToGPU(info.dataId);
  return info;
}

/**
 * Launches a WGSL compute shader of our own, in order with tfjs's kernels, captured like them.
 * @param source may begin with a comment that names it; entry point `main`; bindings 0, 1, 2 … of group 0 are the tensors' buffers, all of which it must use.
 *   A tensor may be bound once; `var<storage, read_write>` writes it in place.
 */
export function launch(
  backend: CapturableBackend,
  source: string,
  tensors: readonly tf.TensorInfo[],
  workgroups: readonly [number, number, number],
): void {
  if (compiling) {
    compiling.add(source);
    return;
  }
  const pipeline = pipelineFor(backend.device, source);
  const bindGroup = backend.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: tensors.map((tensor, binding) => ({ binding, resource: { buffer: backend.bufferOf(tensor) } })),
  });
  backend.dispatch(
    { name: nameOf(source), pipeline, bindGroup, workgroups },
    tensors.map((tensor) => tensor.dataId),
  );
}

/** A shader may begin with a comment that names it for the profile: `// gather`. */
function nameOf(source: string): string {
  return /^\s*\/\/ ([^\n]+)/.exec(source)?.[1] ?? 'kernel';
}

/** While set, launches only note their sources. */
let compiling: Set<string> | undefined;

/** Runs `f` without launching our kernels. @returns the sources of those that it would have launched */
export function launchesOf(f: () => void): ReadonlySet<string> {
  const sources = new Set<string>();
  compiling = sources;
  try {
    f();
  } finally {
    compiling = undefined;
  }
  return sources;
}

/** Compiles shaders that are not compiled yet, in parallel: a promise for each. */
export function compile(backend: CapturableBackend, sources: ReadonlySet<string>): readonly Promise<unknown>[] {
  const { device } = backend;
  const known = pipelinesOf(device);
  const missing = [...sources].filter((source) => !known.has(source));
  return missing.map(async (source) => known.set(source, await device.createComputePipelineAsync(descriptor(device, source))));
}

function pipelineFor(device: GPUDevice, source: string): GPUComputePipeline {
  const known = pipelinesOf(device);
  let pipeline = known.get(source);
  if (!pipeline) {
    pipeline = device.createComputePipeline(descriptor(device, source));
    known.set(source, pipeline);
  }
  return pipeline;
}

function pipelinesOf(device: GPUDevice): Map<string, GPUComputePipeline> {
  const known = pipelines.get(device) ?? new Map<string, GPUComputePipeline>();
  pipelines.set(device, known);
  return known;
}

function descriptor(device: GPUDevice, source: string): GPUComputePipelineDescriptor {
  return { layout: 'auto', compute: { module: device.createShaderModule({ code: source }), entryPoint: 'main' } };
}

/** Workgroup counts for `count` invocations of 64, folded into two dimensions where one is too small. See `flatIndex`. */
export function workgroupsFor(count: number): [number, number, number] {
  const groups = Math.ceil(count / 64);
  const width = Math.min(groups, 32_768);
  return [width, Math.ceil(groups / width), 1];
}

/** WGSL to go with `workgroupsFor`: the invocation's number. */
export const flatIndex = /* wgsl */ `
fn flatIndex(group: vec3u, groups: vec3u, local: u32) -> u32 {
  return (group.y * groups.x + group.x) * 64u + local;
}`;

/** A float32 as a WGSL expression with exactly its bits. */
export function exact(value: number): string {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
  return `bitcast<f32>(${bits}u)`;
}

/** The value of a scalar that JavaScript made and no kernel has seen yet; undefined for any other and on other backends. */
export function hostValue(scalar: tf.Tensor): number | undefined {
  const held = gpuBackend()?.tensorMap.get(scalar.dataId);
  const values = held?.resource == null ? (held?.values as Float32Array | null | undefined) : undefined;
  return values?.length === 1 ? values[0] : undefined;
}

/** The values of a tensor as they are now: tfjs keeps what it once read, and kernels that write in place do not notify it. */
export async function readTensor(tensor: tf.Tensor): Promise<Float32Array> {
  const backend = gpuBackend();
  const buffer = backend?.tensorMap.get(tensor.dataId)?.resource;
  if (!backend || !(buffer instanceof GPUBuffer)) return Float32Array.from(await tensor.data());
  const bytes = await backend.getBufferData(buffer);
  return new Float32Array(bytes, 0, tensor.size);
}
