/** Medians and spreads of a few rounds. */

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Smallest and largest. */
export function spread(values) {
  return [Math.min(...values), Math.max(...values)];
}

/**
 * Median over the rounds of over[i] / under[i]. Both were measured in the same round, one after the other, so that what slows
 * the whole machine for a while slows both.
 */
export function medianRatio(over, under) {
  return median(over.map((value, i) => value / under[i]));
}

/** Three significant digits: more would be noise. */
export function rounded(value) {
  return Number(value.toPrecision(3));
}
