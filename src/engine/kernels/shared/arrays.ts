/** Tensors as typed arrays, on the two backends that keep them in memory that JavaScript can see: wasm and cpu. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { setKernel } from './dispatch';

export type NumericType = 'float32' | 'int32';

/** A kernel written as loops over typed arrays. `attrs` is what the caller of the kernel passed. */
export type ArrayKernel = (inputs: Readonly<NamedTensorInfoMap>, arrays: Arrays, attrs: NamedAttrMap) => TensorInfo | TensorInfo[];

/**
 * Access to a backend's arrays. On wasm an array is a window on the heap and dies when the heap grows:
 * make every output before taking the first array. Inputs are read-only: on cpu they may be a caller's own array,
 * and on wasm a product keeps a packed copy of its weights that a silent change would leave stale.
 */
export interface Arrays {
  /** Contents undefined on wasm: fill them all. */
  output(shape: readonly number[], dtype: NumericType): TensorInfo;
  float32(info: TensorInfo | undefined): Float32Array;
  int32(info: TensorInfo | undefined): Int32Array;
  dispose(info: TensorInfo): void;
}

/** Registers one loop as the kernel of this name on wasm and, if asked, on cpu. */
export function setArrayKernel(kernelName: string, kernel: ArrayKernel, backends: readonly ('wasm' | 'cpu')[] = ['wasm', 'cpu']): void {
  for (const backendName of backends) {
    const arraysOf = backendName === 'wasm' ? wasmArrays : cpuArrays;
    setKernel({ kernelName, backendName, kernelFunc: ({ inputs, backend, attrs }) => kernel(inputs, arraysOf(backend), attrs ?? {}) });
  }
}

export function wasmArrays(backend: object): Arrays {
  const wasm = backend as BackendWasm;
  return {
    output: (shape, dtype) => wasm.makeOutput([...shape], dtype),
    float32: (info) => wasm.typedArrayFromHeap(required(info, 'float32')) as Float32Array,
    int32: (info) => wasm.typedArrayFromHeap(required(info, 'int32')) as Int32Array,
    dispose: (info) => void wasm.disposeData(info.dataId),
  };
}

function cpuArrays(backend: object): Arrays {
  const cpu = backend as MathBackendCPU;
  const values = (info: TensorInfo) => cpu.data.get(info.dataId).values as unknown;
  return {
    output(shape, dtype) {
      const length = shape.reduce((a, b) => a * b, 1);
      return cpu.makeTensorInfo([...shape], dtype, dtype === 'int32' ? new Int32Array(length) : new Float32Array(length));
    },
    float32(info) {
      const array = values(required(info, 'float32'));
      return array instanceof Float32Array ? array : Float32Array.from(array as ArrayLike<number>);
    },
    int32(info) {
      const array = values(required(info, 'int32'));
      return array instanceof Int32Array ? array : Int32Array.from(array as ArrayLike<number>);
    },
    dispose: (info) => void cpu.disposeData(info.dataId),
  };
}

function required(info: TensorInfo | undefined, dtype: NumericType): TensorInfo {
  if (!info) throw new Error('A kernel was called without one of its inputs.');
  if (info.dtype !== dtype) throw new TypeError(`A kernel expects ${dtype} and was given ${info.dtype}.`);
  return info;
}
