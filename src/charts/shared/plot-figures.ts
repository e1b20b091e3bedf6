/** Space around the plots of a quantizer, in pixels: figures at the left and below. One for all, so that their weights line up. */
export const plotMargin = { left: 44, right: 6, top: 6, bottom: 20 };

/** A figure of an axis: no more digits than the tick has, a true minus sign. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '−');
}

/** 1, 2 and 5 times the powers of ten within the limits; only the powers where that would be more than `most`. */
export function logTicks([low, high]: readonly [number, number], most: number): readonly number[] {
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, i) => i + Math.floor(Math.log10(low)),
  );
  const within = (ticks: readonly number[]) => ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  const powers = within(decades.map((d) => 10 ** d));
  const all = within(decades.flatMap((d) => [1, 2, 5].map((m) => Number(`${m}e${d}`))));
  if (all.length <= most) return all;
  const every = Math.max(1, Math.ceil(powers.length / most));
  return powers.filter((_, i) => i % every === 0);
}
