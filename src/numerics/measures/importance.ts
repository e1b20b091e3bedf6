/** Which factor of a designed experiment mattered: shares of the variance. */

/**
 * η² of each factor: the variance of its level means (each weighted by how many values it has) over the variance of all values,
 * SS_between ÷ SS_total, 0 … 1. In a full grid the shares of the factors add up to at most 1; the rest is what only combinations of
 * factors explain. Source: R. A. Fisher, Statistical Methods for Research Workers, 1925, chapter VII (there as correlation ratio).
 *
 * @param values one for each run
 * @param levels for each run the level of every factor, as many as there are factors
 * @returns a share for each factor; all NaN where the values do not vary or there are fewer than two
 */
export function varianceExplained(values: ArrayLike<number>, levels: readonly (readonly number[])[]): readonly number[] {
  const n = values.length;
  const factors = levels[0]?.length ?? 0;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (values[i] as number) / n;
  let total = 0;
  for (let i = 0; i < n; i++) total += ((values[i] as number) - mean) ** 2;
  // What is left of equal values after rounding is no variance.
  const varies = n > 1 && total > n * (Number.EPSILON * Math.max(1, Math.abs(mean))) ** 2;
  return Array.from({ length: factors }, (_, f) => {
    if (!varies) return Number.NaN;
    const groups = new Map<number, { sum: number; count: number }>();
    for (let i = 0; i < n; i++) {
      const level = levels[i]?.[f] ?? 0;
      const group = groups.get(level) ?? { sum: 0, count: 0 };
      groups.set(level, { sum: group.sum + (values[i] as number) - mean, count: group.count + 1 });
    }
    let between = 0;
    for (const { sum, count } of groups.values()) between += sum ** 2 / count;
    return Math.min(1, between / total);
  });
}
