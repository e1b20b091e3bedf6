/**
 * Written here because no library draws the vectors that Inkscape, Word and LaTeX read: html-to-image, modern-screenshot and snapdom wrap
 * the page in a foreignObject; dom-to-svg leaves canvases out and throws at the gradients in OKLab.
 */
import { plainColor, rgbColor } from './figure-colors';
import { PAPER_MARGIN, svgDocument } from './figure-drawing';
import { embeddedFonts } from './figure-font';
import { partsOf } from './figure-walk';

export type PictureKind = 'svg' | 'png';

/** Pixels of a PNG for one CSS pixel. */
const SCALE = 2;

/**
 * A chart as an SVG document that needs nothing of the page: title, legend, picture and sentence as they are on the screen, on white
 * or, in the dark theme, on dark paper. What is drawn on a canvas becomes an image in it. Fonts are named, not contained; `style` is
 * CSS to put in.
 */
export function figureSvg(figure: HTMLElement, style = ''): string {
  const { width, height } = figure.getBoundingClientRect();
  const paper = rgbColor(getComputedStyle(document.documentElement).getPropertyValue('--paper').trim() || '#ffffff');
  const light = lightness(paper) > 0.5;
  const rewrite = (property: string, value: string): string => {
    // The page's paper is not quite white; on a sheet of paper that would print as a tint.
    if (light && value === paper) return 'rgb(255, 255, 255)';
    return property === 'font-family'
      ? value.replace(/"?Inter Variable"?/, "'Inter Variable', Inter").replaceAll('"', "'")
      : plainColor(value);
  };
  return svgDocument(
    {
      width,
      height,
      title: figure.querySelector('h3')?.textContent ?? '',
      description: figure.querySelector('figcaption')?.textContent ?? '',
      paper: light ? 'rgb(255, 255, 255)' : paper,
      parts: partsOf(figure, rewrite),
    },
    style,
  );
}

/**
 * The same picture as a PNG with two pixels for a CSS pixel.
 * @throws Error if the browser cannot draw it
 */
export async function figurePng(figure: HTMLElement): Promise<Blob> {
  const { width, height } = figure.getBoundingClientRect();
  const svg = figureSvg(figure, await embeddedFonts(figure.textContent ?? ''));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil((width + 2 * PAPER_MARGIN) * SCALE);
  canvas.height = Math.ceil((height + 2 * PAPER_MARGIN) * SCALE);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser cannot draw this picture.'))), 'image/png');
  });
}

/** Gives the person the picture as a file that is named after the chart. */
export async function saveFigure(figure: HTMLElement, title: string, kind: PictureKind): Promise<void> {
  const blob = kind === 'png' ? await figurePng(figure) : new Blob([figureSvg(figure)], { type: 'image/svg+xml' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${pictureName(title)}.${kind}`;
  link.click();
  // The browser reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** "Accuracy against bits" → "fewbits-accuracy-against-bits". */
export function pictureName(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return ['fewbits', ...words].join('-').slice(0, 80);
}

function lightness(rgb: string): number {
  const [r = 255, g = 255, b = 255] = (rgb.match(/[\d.]+/g) ?? []).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}
