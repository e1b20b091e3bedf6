/**
 * A layer in whole numbers only (Jacob et al. 2018, arXiv 1712.05877, section 2.2 and appendix; gemmlowp). Codes of inputs and
 * weights are multiplied and added as 32-bit integers, and the sum is brought to the output's scale with an integer
 * multiplication and a shift.
 */

/** M = multiplier × 2^−31 × 2^−shift, with multiplier × 2^−31 in [0.5, 1). */
export interface FixedMultiplier {
  /** 2^30 … 2^31 − 1 */
  readonly multiplier: number;
  /** 0 or more */
  readonly shift: number;
}

/**
 * A factor between 0 and 1 as an integer multiplier and a right shift.
 * @throws RangeError unless it lies in (0, 1)
 */
export function fixedMultiplier(factor: number): FixedMultiplier {
  if (!(factor > 0 && factor < 1)) throw new RangeError(`A requantization factor lies between 0 and 1; this is ${factor}.`);
  let shift = Math.max(0, -Math.floor(Math.log2(factor)) - 1);
  // The logarithm may be off by one where it rounds to a whole number.
  while (factor * 2 ** shift < 0.5) shift++;
  while (shift > 0 && factor * 2 ** shift >= 1) shift--;
  const multiplier = Math.round(factor * 2 ** shift * 2 ** 31);
  if (multiplier < 2 ** 31) return { multiplier, shift };
  // A factor just below a power of two.
  return shift > 0 ? { multiplier: 2 ** 30, shift: shift - 1 } : { multiplier: 2 ** 31 - 1, shift };
}

/**
 * accumulator × M in whole numbers, rounded twice as gemmlowp does: the high half of the doubled product is rounded to the nearest,
 * then the shift is, both with ties away from zero (the former as C truncates after adding half). It differs from rounding once:
 * see `requantizeOnce`.
 * @param accumulator a 32-bit integer
 */
export function requantize(accumulator: number, { multiplier, shift }: FixedMultiplier): number {
  // The product has up to 62 bits.
  const product = BigInt(accumulator) * BigInt(multiplier);
  const nudge = product >= 0n ? 1n << 30n : 1n - (1n << 30n);
  // BigInt division truncates, as C's does.
  const high = Number((product + nudge) / (1n << 31n));
  return roundingShift(high, shift);
}

/** accumulator × M, rounded once, ties away from zero. */
export function requantizeOnce(accumulator: number, { multiplier, shift }: FixedMultiplier): number {
  const product = BigInt(accumulator) * BigInt(multiplier);
  const half = 1n << BigInt(30 + shift);
  const rounded = ((product < 0n ? -product : product) + half) >> BigInt(31 + shift);
  return Number(product < 0n ? -rounded : rounded);
}

/** x / 2^n, ties away from zero. */
function roundingShift(x: number, n: number): number {
  const magnitude = Math.floor((Math.abs(x) + 2 ** n / 2) / 2 ** n);
  // Without a shift there is nothing to round, and no half to add.
  return n === 0 ? x : x < 0 ? -magnitude + 0 : magnitude;
}

/** Codes of a matrix, row by row, with the one code that means 0. */
export interface IntegerMatrix {
  readonly codes: Int32Array;
  readonly zeroPoint: number;
}

/**
 * Σ_k (a_ik − z_a)(b_kj − z_b), computed from the product of the codes alone:
 * Σ a b − z_a Σ_k b_kj − z_b Σ_k a_ik + K z_a z_b. Row by row, rows × columns.
 * @param inner K, the columns of a and the rows of b
 * @throws RangeError if the codes are not whole matrices, or a sum leaves 32 bits
 */
export function integerMatMul(a: IntegerMatrix, b: IntegerMatrix, inner: number): Int32Array {
  const rows = a.codes.length / inner;
  const columns = b.codes.length / inner;
  if (!Number.isInteger(rows) || !Number.isInteger(columns))
    throw new RangeError(`Matrices of ${a.codes.length} and ${b.codes.length} codes have no inner dimension of ${inner}.`);
  const columnSums = new Float64Array(columns);
  for (let i = 0; i < b.codes.length; i++) columnSums[i % columns] = (columnSums[i % columns] as number) + (b.codes[i] as number);
  const result = new Int32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    let rowSum = 0;
    for (let k = 0; k < inner; k++) rowSum += a.codes[i * inner + k] as number;
    for (let j = 0; j < columns; j++) {
      let products = 0;
      for (let k = 0; k < inner; k++) products += (a.codes[i * inner + k] as number) * (b.codes[k * columns + j] as number);
      const sum = products - a.zeroPoint * (columnSums[j] as number) - b.zeroPoint * rowSum + inner * a.zeroPoint * b.zeroPoint;
      if (Math.abs(sum) >= 2 ** 31) throw new RangeError(`The sum ${sum} does not fit in 32 bits.`);
      result[i * columns + j] = sum;
    }
  }
  return result;
}

export interface IntegerOutput extends FixedMultiplier {
  readonly zeroPoint: number;
  /** Codes are clamped to these; see `clampOf`. */
  readonly min: number;
  readonly max: number;
}

/**
 * The codes that an output with a fused activation is clamped to: ReLU from the code of 0 on, ReLU6 up to the code of 6 besides, so
 * that the clamp which saturates the type does the activation's work.
 * @param range of the type, −128 … 127 for int8
 */
export function clampOf(
  activation: 'none' | 'relu' | 'relu6',
  { scale, zeroPoint }: { readonly scale: number; readonly zeroPoint: number },
  range: { readonly min: number; readonly max: number },
): { readonly min: number; readonly max: number } {
  const inside = (code: number) => Math.max(range.min, Math.min(range.max, code));
  return {
    min: activation === 'none' ? range.min : inside(zeroPoint),
    max: activation === 'relu6' ? inside(zeroPoint + Math.round(6 / scale)) : range.max,
  };
}

/**
 * A dense layer: clamp(z_o + M × (Σ (a − z_a)(b − z_b) + bias)).
 * @param bias codes of the scale s_a s_b and zero-point 0, one for each column
 * @param output one for the tensor, or one for each column (scales for each output channel)
 */
export function integerDense(
  a: IntegerMatrix,
  b: IntegerMatrix,
  inner: number,
  bias: Int32Array,
  output: IntegerOutput | readonly IntegerOutput[],
): Int32Array {
  const columns = b.codes.length / inner;
  return integerMatMul(a, b, inner).map((sum, i) => {
    const column = i % columns;
    const to = Array.isArray(output) ? (output[column] as IntegerOutput) : (output as IntegerOutput);
    const code = to.zeroPoint + requantize(sum + (bias[column] ?? 0), to);
    return Math.max(to.min, Math.min(to.max, code));
  });
}
