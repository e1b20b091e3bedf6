/** The values that codes stand for. */
import { decodeElements } from './element';
import { applyFp8Scales } from './fp8-scaled';
import { type ScaleGrid, scaleGrid, scaleOf } from './scale-grid';
import type { Encoding } from './stored-tensor';

type Of<Kind extends Encoding['kind']> = Extract<Encoding, { readonly kind: Kind }>;

/**
 * The values of a stored tensor, in float32 arithmetic. A new array.
 * @param shape of the tensor; it says which codes share a scale
 */
export function decodeEncoding(encoding: Encoding, shape: readonly number[]): Float32Array {
  switch (encoding.kind) {
    case 'float32':
      return encoding.values.slice();
    case 'uniform':
      return decodeUniform(encoding, blockOf(encoding, shape));
    case 'codebook':
      return decodeCodebook(encoding, blockOf(encoding, shape));
    case 'basis':
      return decodeBasis(encoding, blockOf(encoding, shape));
    case 'format':
      return decodeShared(encoding, blockOf(encoding, shape));
  }
}

type BlockOf = (i: number) => number;

function blockOf({ granularity = 'tensor' }: Exclude<Encoding, { readonly kind: 'float32' }>, shape: readonly number[]): BlockOf {
  const grid: ScaleGrid = scaleGrid(shape, granularity);
  return grid.scales === 1 ? () => 0 : (i) => scaleOf(grid, i);
}

/** scale × (code − zero-point). */
function decodeUniform({ codes, scales, zeroPoints }: Of<'uniform'>, block: BlockOf): Float32Array {
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const b = block(i);
    // The product of a float32 and an integer of 25 bits is exact in double precision: storing it rounds once, as a float32
    // product does. Adding 0 turns −0, the product of a scale of 0, into 0.
    values[i] = (scales[b] ?? 0) * ((codes[i] as number) - (zeroPoints?.[b] ?? 0)) + 0;
  }
  return values;
}

function decodeCodebook({ codes, levels, books }: Of<'codebook'>, block: BlockOf): Float32Array {
  const length = levels.length / books;
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) values[i] = levels[(books === 1 ? 0 : block(i) * length) + (codes[i] as number)] ?? 0;
  return values;
}

/** ±v_0 ± v_1 …, added in this order, each sum rounded to float32. */
function decodeBasis({ codes, basis, bits }: Of<'basis'>, block: BlockOf): Float32Array {
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const first = block(i) * bits;
    let value = 0;
    for (let j = 0; j < bits; j++) {
      const part = basis[first + j] ?? 0;
      value = Math.fround((codes[i] as number) & (1 << j) ? value + part : value - part);
    }
    values[i] = value;
  }
  return values;
}

/** The number of the bit pattern, times the scale of the block. */
function decodeShared({ format, codes, exponents, fp8Scales }: Of<'format'>, block: BlockOf): Float32Array {
  const values = decodeElements(format, codes);
  if (fp8Scales) return applyFp8Scales(values, fp8Scales, block);
  if (exponents) for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * 2 ** (exponents[block(i)] ?? 0);
  return values;
}
