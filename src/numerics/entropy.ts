/**
 * Shannon entropy of a distribution given by counts, in bits per symbol: H = −Σ p log₂ p (Shannon 1948, section 6).
 * The mean code length of any prefix code is at least H. 0 for nothing and for a single symbol.
 */
export function entropy(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  let bits = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (count > 0) bits += (count / total) * Math.log2(total / count);
  }
  return bits;
}
