/** Kernels of a step as a person reads them: those that do the same are one row, longest first. */
import type { BarRow } from '../../charts/shared/bar-list';
import type { StepProfile } from '../../experiment/types/events';
import { duration, plural } from '../../numerics/measures/number-words';

type Kernel = StepProfile['kernels'][number];

/** Beginnings of tfjs's names and what they do; our own kernels come with a plain name. */
const PLAIN: readonly (readonly [start: string, words: string])[] = [
  ['matMul', 'matrix product'],
  ['conv2DDerInput', 'convolution, gradient of the input'],
  ['conv2DDerFilter', 'convolution, gradient of the weights'],
  ['conv2DMM', 'convolution'],
  ['conv2dnaive', 'convolution'],
  ['im2col', 'convolution, patches as columns'],
  ['maxPool2DBackprop', 'max pooling, gradient'],
  ['avgPool2DBackprop', 'mean pooling, gradient'],
  ['pool2D', 'pooling'],
  ['poolWithFilterSizeEqualsOne', 'pooling'],
  ['biasActivation', 'bias and activation'],
  ['batchNorm', 'batch norm'],
  ['binary', 'arithmetic of two tensors'],
  ['unary', 'function of each number'],
  ['addN', 'sum of tensors'],
  ['reduce', 'sum, mean or largest'],
  ['argMinMax', 'which is largest'],
  ['transpose', 'transposition'],
  ['softmax', 'softmax'],
  ['select', 'choice by mask'],
  ['clip', 'clipping'],
  ['fill', 'filling'],
  ['kernel', 'unnamed kernels'],
];

/** What a kernel does, in words; its own name where that is all there is. */
export function plainKernelName(name: string): string {
  return PLAIN.find(([start]) => name.startsWith(start))?.[1] ?? name;
}

/** Bars of time, or of launches where the device has no timestamps. */
export function kernelRows(kernels: readonly Kernel[]): readonly BarRow[] {
  const timed = kernels.every((kernel) => kernel.ms !== null);
  const found = new Map<string, { launches: number; ms: number }>();
  for (const { name, launches, ms } of kernels) {
    const label = plainKernelName(name);
    const sum = found.get(label) ?? { launches: 0, ms: 0 };
    found.set(label, { launches: sum.launches + launches, ms: sum.ms + (ms ?? 0) });
  }
  return [...found]
    .map(([label, { launches, ms }]) => ({
      label,
      note: timed ? plural(launches, 'launch', 'launches') : '',
      value: timed ? ms : launches,
      text: timed ? duration(ms / 1000) : plural(launches, 'launch', 'launches'),
    }))
    .sort((a, b) => b.value - a.value);
}

/** Time of all kernels on the GPU in milliseconds; null where the device has no timestamps. */
export function gpuTime(kernels: readonly Kernel[]): number | null {
  return kernels.reduce<number | null>((sum, { ms }) => (sum === null || ms === null ? null : sum + ms), 0);
}
