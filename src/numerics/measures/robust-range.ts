/**
 * The range of most of the values, for the first view of a picture: that of the values within three interquartile ranges of the
 * quartiles (Tukey's outer fences, Exploratory Data Analysis, 1977), which a few failures do not stretch. Quartiles are interpolated
 * (type 7 of Hyndman and Fan 1996). Everything is in the range where that would not make it less than half as long.
 *
 * @param least an interquartile range is taken to be at least this long: differences below it are no reason to leave a value out
 * @returns [low, high], both among the values; [NaN, NaN] of nothing
 */
export function robustRange(values: readonly number[], least: number): readonly [number, number] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const [first, last] = [sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN];
  if (sorted.length < 4) return [first, last];
  const [lower, upper] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const reach = 3 * Math.max(least, upper - lower);
  const kept = sorted.filter((value) => value >= lower - reach && value <= upper + reach);
  const [low, high] = [kept[0] ?? first, kept.at(-1) ?? last];
  return high - low < (last - first) / 2 ? [low, high] : [first, last];
}

function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return below + (at - Math.floor(at)) * (above - below);
}
