/** The one diverging scale for signed values: negative, middle at zero, positive. Mixed in OKLab, where equal steps look equal. */

export type Rgb = readonly [red: number, green: number, blue: number];

export interface DivergingEnds {
  /** CSS colours as #rrggbb. */
  readonly negative: string;
  readonly middle: string;
  readonly positive: string;
}

/** A function from a value to RGB bytes; |value| ≥ limit has the full colour, 0 exactly the middle. `limit` > 0. */
export function divergingScale(ends: DivergingEnds, limit: number): (value: number) => Rgb {
  const table = rampTable(ends);
  const half = (table.length - 1) / 2;
  return (value) => {
    const share = Math.max(-1, Math.min(1, value / limit));
    return table[half + Math.round((Number.isNaN(share) ? 0 : share) * half)]!;
  };
}

/** 511 colours from negative to positive; the middle one is exactly `middle`. */
function rampTable({ negative, middle, positive }: DivergingEnds): readonly Rgb[] {
  const [from, centre, to] = [negative, middle, positive].map((c) => toOklab(parseHex(c))) as [Rgb, Rgb, Rgb];
  return Array.from({ length: 511 }, (_, i) => {
    if (i === 255) return parseHex(middle);
    const share = Math.abs(i - 255) / 255;
    return fromOklab(mix(centre, i < 255 ? from : to, share));
  });
}

/** Byte 0…255 on a ramp between two colours: for greyscale images drawn in the theme's paper and ink. */
export function greyRamp(dark: string, light: string): readonly Rgb[] {
  const from = parseHex(dark);
  const to = parseHex(light);
  return Array.from({ length: 256 }, (_, i) => mix(from, to, i / 255).map(Math.round) as unknown as Rgb);
}

/** "#rgb" or "#rrggbb" → bytes. Throws RangeError on anything else. */
export function parseHex(text: string): Rgb {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (!digits) throw new RangeError(`Not a colour of the form #rrggbb: ${text}`);
  const full = digits.length === 3 ? [...digits].map((d) => d + d).join('') : digits;
  return [0, 2, 4].map((i) => Number.parseInt(full.slice(i, i + 2), 16)) as unknown as Rgb;
}

/** Largest absolute value, or the given quantile of absolute values where outliers would wash the picture out; 1 if all are zero. */
export function symmetricLimit(values: ArrayLike<number>, quantile = 0.995): number {
  const sizes = Float64Array.from(values, Math.abs).filter(Number.isFinite).sort();
  if (sizes.length === 0) return 1;
  return sizes[Math.min(sizes.length - 1, Math.floor(quantile * sizes.length))]! || sizes.at(-1) || 1;
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

// OKLab: B. Ottosson, "A perceptual color space for image processing" (2020); matrices as published there.
function toOklab(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map((byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((c) => {
    const encoded = c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.max(0, Math.min(1, encoded)));
  }) as unknown as Rgb;
}
