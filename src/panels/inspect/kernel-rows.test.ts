import { describe, expect, test } from 'vitest';
import { gpuTime, kernelRows, plainKernelName } from './kernel-rows';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('plainKernelName', () => {
  test('says what the kernels of tfjs do, the longer beginning first', () => {
    expect(plainKernelName('matMulPacked')).toBe('matrix product');
    expect(plainKernelName('conv2DMM')).toBe('convolution');
    expect(plainKernelName('conv2dnaive')).toBe('convolution');
    expect(plainKernelName('conv2DDerFilter')).toBe('convolution, gradient of the weights');
  });
  test('keeps a name that is plain already', () => {
    expect(plainKernelName('optimizer update')).toBe('optimizer update');
  });
});

describe('kernelRows', () => {
  test('adds up what does the same, longest first', () => {
    const rows = kernelRows([
      { name: 'gather', launches: 1, ms: 0.5 },
      { name: 'matMulPacked', launches: 3, ms: 0.3 },
      { name: 'matMulReduce', launches: 2, ms: 0.4 },
    ]);
    expect(rows.map((r) => [r.label, r.note, plain(r.text)])).toEqual([
      ['matrix product', '5 launches', '0.70 ms'],
      ['gather', '1 launch', '0.50 ms'],
    ]);
  });
  test('counts launches where there are no times', () => {
    const kernels = [
      { name: 'gather', launches: 1, ms: null },
      { name: 'matMulPacked', launches: 5, ms: null },
    ];
    expect(kernelRows(kernels).map((r) => [r.label, r.value, r.text])).toEqual([
      ['matrix product', 5, '5 launches'],
      ['gather', 1, '1 launch'],
    ]);
    expect(gpuTime(kernels)).toBeNull();
  });
  test('the times of all kernels are added', () => {
    expect(
      gpuTime([
        { name: 'a', launches: 1, ms: 0.25 },
        { name: 'b', launches: 1, ms: 0.5 },
      ]),
    ).toBe(0.75);
  });
});
