import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import '../kernels/webgpu/registry';
import { isSoftwareAdapter } from '../../experiment/types/backend-names';
import { CapturableBackend } from '../device/capturable-backend';

/**
 * Opens the WebGPU backend on the high-performance adapter and makes it the current one.
 * @returns the adapter's name in words
 * @throws Error with one sentence where WebGPU cannot be had
 */
export async function openWebgpu(gpu: GPU | undefined): Promise<string> {
  const adapter = await findAdapter(gpu);
  const wanted: GPUFeatureName[] = ['timestamp-query', 'bgra8unorm-storage'];
  // tfjs asks navigator whether there is WebGPU at all; Node has no navigator.gpu.
  if (gpu && !globalThis.navigator?.gpu)
    Object.defineProperty(globalThis, 'navigator', { value: { ...globalThis.navigator, gpu }, configurable: true });
  const { limits } = adapter;
  const device = await adapter.requestDevice({
    requiredFeatures: wanted.filter((feature) => adapter.features.has(feature)),
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    },
  });
  // tfjs registered its own while being imported; looking it up with findBackend would start it.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new CapturableBackend(device, adapter.info), 3);
  // Split-K products add floats atomically, in any order: eight runs gave eight results. This program type never does.
  tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', 3);
  if (!(await tf.setBackend('webgpu'))) throw new Error('it could not be initialized.');
  await tf.ready();
  return adapterName(adapter);
}

/** Resolves with the reason when the current WebGPU device is lost; never where the backend is another. */
export function deviceLost(): Promise<string> {
  const backend = tf.backend();
  if (!(backend instanceof CapturableBackend)) return new Promise(() => {});
  return backend.device.lost.then((info) => info.message || String(info.reason));
}

/** @throws Error with one sentence where there is none */
export async function findAdapter(gpu: GPU | undefined): Promise<GPUAdapter> {
  if (!gpu) throw new Error('this browser does not support it (navigator.gpu is missing).');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('this browser supports it but found no suitable graphics adapter.');
  return adapter;
}

/** In words, which say so where it is a program on the CPU. */
export function adapterName({ info }: { readonly info: GPUAdapterInfo }): string {
  const words = [info.vendor, info.architecture, info.description].filter((word) => word !== '');
  const name = words.length > 0 ? words.join(' ') : 'unnamed adapter';
  return info.isFallbackAdapter && !isSoftwareAdapter(name) ? `${name} (software)` : name;
}
