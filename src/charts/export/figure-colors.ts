/** Colours of computed styles as any SVG program reads them. */

let pen: CanvasRenderingContext2D | null | undefined;

/** A computed colour of whatever space as rgb() or rgba(); rgb() and words are handed back. */
export function plainColor(color: string): string {
  return /^(oklab|oklch|lab|lch|hwb|color|color-mix)\(/.test(color) ? rgbColor(color) : color;
}

/** Any CSS colour as rgb() or rgba(). */
export function rgbColor(color: string): string {
  pen ??= smallCanvas();
  if (!pen) return color;
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 255] = pen.getImageData(0, 0, 1, 1).data;
  return a === 255 ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${Math.round((a / 255) * 1000) / 1000})`;
}

function smallCanvas(): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  return canvas.getContext('2d', { willReadFrequently: true });
}

/** Steps between two colours of a gradient: SVG mixes in sRGB only, the page mostly in OKLab. */
const STEPS = 8;

/**
 * The evenly spaced colours of a computed `background-image` that is a gradient to the right, finely enough that mixing in sRGB
 * looks the same; one colour for any other gradient; none if there is no gradient.
 */
export function gradientColors(image: string): readonly string[] {
  if (!image.includes('gradient(')) return [];
  const colors = image.match(/(?:rgba?|oklab|oklch|lab|lch|color)\([^)]*\)/g) ?? [];
  if (image.startsWith('repeating') || !image.includes('to right')) return colors.slice(0, 1).map(plainColor);
  const space = /in (oklab|oklch|srgb)/.exec(image)?.[1] ?? 'srgb';
  return colors.flatMap((color, i) => {
    const next = colors[i + 1];
    if (next === undefined) return plainColor(color);
    return Array.from({ length: STEPS }, (_, step) =>
      plainColor(`color-mix(in ${space}, ${color} ${100 - (100 * step) / STEPS}%, ${next})`),
    );
  });
}
