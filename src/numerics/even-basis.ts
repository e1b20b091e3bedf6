/**
 * 2^b evenly spaced values from −r to r, 0 not among them, as the file holds them: the basis v_j = r 2^j / (2^b − 1), whose sums
 * Σ ±v_j, plus where bit j of the code is 1, are r (2 code / (2^b − 1) − 1). b numbers in place of 2^b levels.
 * @param range r, a float32  @param bits b, 1 … 16
 */
export function evenBasis(range: number, bits: number): Float32Array {
  const step = Math.fround(range / (2 ** bits - 1));
  return Float32Array.from({ length: bits }, (_, j) => step * 2 ** j);
}
