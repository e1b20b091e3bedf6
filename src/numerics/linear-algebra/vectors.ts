/** Sums over vectors in double precision. */

/** A squared length below this counts as 0: well above where squares of small numbers lose their digits, 10^−308. */
const NO_LENGTH = 1e-250;

/** aᵀb from component `from` on. Two sums, so that an addition need not wait for the one before it. */
export function dot(a: Float64Array, b: Float64Array, from = 0): number {
  let even = 0;
  let odd = 0;
  const last = a.length - 1;
  let i = from;
  for (; i < last; i += 2) {
    even += (a[i] as number) * (b[i] as number);
    odd += (a[i + 1] as number) * (b[i + 1] as number);
  }
  if (i === last) even += (a[i] as number) * (b[i] as number);
  return even + odd;
}

/** aᵀa from component `from` on; 0 where all of these components are next to 0. */
export function squaredLength(a: Float64Array, from = 0): number {
  const length = dot(a, a, from);
  return length < NO_LENGTH ? 0 : length;
}
