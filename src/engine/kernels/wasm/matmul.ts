import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { wasmArrays } from '../shared/arrays';

type Flags = { readonly transposeA?: boolean; readonly transposeB?: boolean };

/**
 * Packing a number of the second factor for XNNPACK costs several times what transposing it costs (measured: 8 ns against
 * 1 to 1.5 ns on one core).
 */
const PACKING = 6;

/**
 * Matrix product on wasm, never with the transpose flags: with a flag tfjs leaves XNNPACK for a scalar loop, several times
 * slower. Operands are transposed first. Where it moves fewer numbers the product is taken the other way round and turned
 * at the end, op(A)·op(B) = (op(B)ᵀ·op(A)ᵀ)ᵀ, because XNNPACK packs the second factor and, in training, weights are new
 * at every step.
 */
export function matMulByTransposing(product: KernelFunc, transpose: KernelFunc): KernelFunc {
  return (call) => {
    const { a, b } = call.inputs;
    const { transposeA = false, transposeB = false } = (call.attrs ?? {}) as Flags;
    if (!a || !b || batches(a) * batches(b) !== 1) return product(call);
    const arrays = wasmArrays(call.backend);
    const turn = (x: TensorInfo) => transpose({ inputs: { x }, backend: call.backend, attrs: { perm: lastTwoSwapped(x) } }) as TensorInfo;
    const multiply = (left: TensorInfo, right: TensorInfo, turnLeft: boolean, turnRight: boolean) => {
      const l = turnLeft ? turn(left) : left;
      const r = turnRight ? turn(right) : right;
      const out = product({ inputs: { a: l, b: r }, backend: call.backend, attrs: { transposeA: false, transposeB: false } }) as TensorInfo;
      if (turnLeft) arrays.dispose(l);
      if (turnRight) arrays.dispose(r);
      return out;
    };
    const rows = a.shape.at(transposeA ? -1 : -2)!;
    const columns = b.shape.at(transposeB ? -2 : -1)!;
    const [sizeA, sizeB] = [count(a), count(b)];
    const straight = (transposeA ? sizeA : 0) + (transposeB ? sizeB : 0) + PACKING * sizeB;
    const reversed = (transposeA ? 0 : sizeA) + (transposeB ? 0 : sizeB) + rows * columns + PACKING * sizeA;
    if (straight <= reversed) return multiply(a, b, transposeA, transposeB);
    const turned = multiply(b, a, !transposeB, !transposeA);
    const out = turn(turned);
    arrays.dispose(turned);
    return out;
  };
}

function batches(info: TensorInfo): number {
  return info.shape.slice(0, -2).reduce((product, n) => product * n, 1);
}

function count(info: TensorInfo): number {
  return info.shape.reduce((product, n) => product * n, 1);
}

function lastTwoSwapped(info: TensorInfo): number[] {
  const axes = info.shape.map((_, axis) => axis);
  const [row, column] = axes.splice(-2);
  return [...axes, column!, row!];
}
