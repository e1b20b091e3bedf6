/** A picture as an SVG document: shapes, text, images and whole drawings at their places, in CSS pixels. Needs no browser. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Part =
  | (Box & {
      readonly kind: 'rect';
      readonly fill: string;
      readonly stroke?: string;
      readonly strokeWidth?: number;
      readonly radius?: number;
      readonly opacity: number;
    })
  | (Box & { readonly kind: 'image'; readonly href: string; readonly pixelated: boolean; readonly opacity: number })
  /** Colours from the left to the right edge, evenly spaced. */
  | (Box & { readonly kind: 'gradient'; readonly colors: readonly string[]; readonly opacity: number })
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Of the baseline. */
      readonly y: number;
      readonly text: string;
      /** As set on the page: a font of other widths is stretched to it. */
      readonly width: number;
      readonly fill: string;
      readonly font: Font;
      readonly decoration?: string;
      readonly opacity: number;
    }
  /** An <svg> element, serialized, with its place and size in its attributes. */
  | { readonly kind: 'drawing'; readonly markup: string; readonly opacity: number };

export interface Font {
  readonly family: string;
  readonly size: number;
  readonly weight: string;
  /** Whether digits have equal widths. */
  readonly tabular: boolean;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  readonly parts: readonly Part[];
}

/** Space between the picture and the edge of the paper, in pixels. */
export const PAPER_MARGIN = 16;

/** The SVG document. `style` is CSS that goes into it, such as fonts. */
export function svgDocument({ width, height, title, description, paper, parts }: Drawing, style = ''): string {
  const [w, h] = [width, height].map((side) => number(side + 2 * PAPER_MARGIN));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="${-PAPER_MARGIN} ${-PAPER_MARGIN} ${w} ${h}">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    style && `<style>${escaped(style)}</style>`,
    `<rect x="${-PAPER_MARGIN}" y="${-PAPER_MARGIN}" width="${w}" height="${h}" fill="${escaped(paper)}"/>`,
    ...parts.map((part, i) => partMarkup(part, `gradient-${i}`)),
    '</svg>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** @param id unique in the document */
function partMarkup(part: Part, id: string): string {
  const opacity = part.opacity < 1 ? ` opacity="${number(part.opacity)}"` : '';
  switch (part.kind) {
    case 'rect': {
      const stroke = part.stroke ? ` stroke="${escaped(part.stroke)}" stroke-width="${number(part.strokeWidth ?? 1)}"` : '';
      return `<rect ${boxAttributes(part)}${part.radius ? ` rx="${number(part.radius)}"` : ''} fill="${escaped(part.fill)}"${stroke}${opacity}/>`;
    }
    case 'gradient': {
      const stops = part.colors.map(
        (color, i) => `<stop offset="${Number((i / (part.colors.length - 1)).toFixed(4))}" stop-color="${escaped(color)}"/>`,
      );
      return `<linearGradient id="${id}">${stops.join('')}</linearGradient><rect ${boxAttributes(part)} fill="url(#${id})"${opacity}/>`;
    }
    case 'image':
      return `<image ${boxAttributes(part)} preserveAspectRatio="none"${part.pixelated ? ' style="image-rendering: pixelated"' : ''} href="${escaped(part.href)}"${opacity}/>`;
    case 'text': {
      const { family, size, weight, tabular } = part.font;
      const style = `${tabular ? 'font-variant-numeric: tabular-nums; ' : ''}${part.decoration ? `text-decoration: ${part.decoration}; ` : ''}`;
      return `<text x="${number(part.x)}" y="${number(part.y)}" textLength="${number(part.width)}" lengthAdjust="spacingAndGlyphs" fill="${escaped(part.fill)}" font-family="${escaped(family)}" font-size="${number(size)}" font-weight="${escaped(weight)}"${style ? ` style="${escaped(style.trim())}"` : ''}${opacity}>${escaped(part.text)}</text>`;
    }
    case 'drawing':
      return opacity ? `<g${opacity}>${part.markup}</g>` : part.markup;
  }
}

function boxAttributes({ x, y, width, height }: Box): string {
  return `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
}

function number(x: number): string {
  return String(Math.round(x * 100) / 100);
}

/** Text for the inside of an element or of a quoted attribute; what XML does not allow at all is left out. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
