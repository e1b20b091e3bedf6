/** For tests: a tensor of each encoding, small enough to check by hand. */
import type { StoredTensor } from '../container/stored-tensor';

export const dense: StoredTensor = {
  name: 'fc1/kernel',
  role: 'weight',
  shape: [3, 2],
  encoding: { kind: 'uniform', bits: 4, codes: Int32Array.of(-7, 0, 1, 2, 7, -1), scales: Float32Array.of(0.5) },
};
export const bias: StoredTensor = {
  name: 'fc1/bias',
  role: 'bias',
  shape: [2],
  encoding: { kind: 'float32', values: Float32Array.of(0.25, -1) },
};

export const codebook: StoredTensor = {
  name: 'c',
  role: 'weight',
  shape: [2, 2],
  encoding: { kind: 'codebook', bits: 2, codes: Int32Array.of(0, 3, 1, 2), levels: Float32Array.of(-1, 0.5, 0, 2), codebooks: 1 },
};
export const signs: StoredTensor = {
  name: 'b',
  role: 'weight',
  shape: [2, 2],
  encoding: {
    kind: 'basis',
    bits: 2,
    codes: Int32Array.of(0, 1, 2, 3),
    basis: Float32Array.of(1, 0.25, 2, 0.5),
    granularity: 'channel',
  },
};
export const fp4: StoredTensor = {
  name: 'f',
  role: 'weight',
  shape: [2, 2],
  encoding: {
    kind: 'format',
    format: 'e2m1',
    bits: 4,
    codes: Int32Array.of(7, 1, 15, 2),
    exponents: Int32Array.of(-1, 3),
    granularity: 'channel',
  },
};
/** NVFP4: scales 1 and 1.125. */
export const nvfp4: StoredTensor = {
  name: 'n',
  role: 'weight',
  shape: [2, 2],
  encoding: {
    kind: 'format',
    format: 'e2m1',
    bits: 4,
    codes: Int32Array.of(7, 1, 15, 2),
    fp8Scales: Int32Array.of(0x38, 0x39),
    granularity: 'channel',
  },
};
export const int8: StoredTensor = {
  name: 'i',
  role: 'weight',
  shape: [2],
  encoding: { kind: 'format', format: 'int8', bits: 8, codes: Int32Array.of(127, 255), exponents: Int32Array.of(-3) },
};
