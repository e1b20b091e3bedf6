/**
 * The least number of `total` values that is `percent` of them or more. A product of doubles may lie a last digit above the whole
 * number that it stands for (99.9 % of 1,000), and would ask for one value too many.
 */
export function countOf(percent: number, total: number): number {
  const product = (percent * total) / 100;
  return Math.ceil(product - 4 * Number.EPSILON * product);
}
