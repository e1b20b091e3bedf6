import { gradientColors } from './figure-colors';
import type { Box, Font, Part } from './figure-drawing';
import { type Rewrite, styledCopy } from './figure-styles';

/** What a part of the page shows, as parts of a drawing: backgrounds, borders, text, canvases and SVGs. */

/** Elements with this attribute are controls, not picture. */
export const SKIP = '[data-export="skip"]';

/** The parts of an element, with places relative to its upper left corner. */
export function partsOf(root: HTMLElement, rewrite: Rewrite): readonly Part[] {
  const origin = root.getBoundingClientRect();
  const parts: Part[] = [];
  visit(root, 1);
  return parts;

  function visit(element: Element, above: number): void {
    if (element.matches(SKIP)) return;
    const style = getComputedStyle(element);
    const box = boxOf(element.getBoundingClientRect());
    const opacity = above * Number(style.opacity);
    if (style.display === 'none' || style.visibility === 'hidden' || opacity === 0 || isForReadersOnly(box, style)) return;
    if (element instanceof SVGSVGElement) return void addDrawing(element, box, above);
    if (element instanceof HTMLCanvasElement) return void addCanvas(element, box, style, opacity);
    if (element instanceof HTMLElement) addSurface(box, style, opacity);
    if (element instanceof HTMLSelectElement) return void addChoice(element, box, style, opacity);
    for (const child of element.childNodes) {
      if (child instanceof Element) visit(child, opacity);
      else if (child instanceof Text) addText(child, style, opacity);
    }
  }

  function boxOf({ left, top, width, height }: DOMRect): Box {
    return { x: left - origin.left, y: top - origin.top, width, height };
  }

  function addDrawing(element: SVGSVGElement, { x, y, width, height }: Box, opacity: number): void {
    if (width === 0 || height === 0) return;
    const made = styledCopy(element, rewrite);
    for (const [name, value] of Object.entries({ x, y, width, height })) made.setAttribute(name, String(Math.round(value * 100) / 100));
    parts.push({ kind: 'drawing', markup: new XMLSerializer().serializeToString(made), opacity });
  }

  function addCanvas(canvas: HTMLCanvasElement, box: Box, style: CSSStyleDeclaration, opacity: number): void {
    if (canvas.width === 0 || canvas.height === 0 || box.width === 0) return;
    parts.push({ kind: 'image', ...box, href: canvas.toDataURL('image/png'), pixelated: style.imageRendering === 'pixelated', opacity });
  }

  function addSurface(box: Box, style: CSSStyleDeclaration, opacity: number): void {
    const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, box.width / 2, box.height / 2);
    if (isVisible(style.backgroundColor)) {
      parts.push({ kind: 'rect', ...box, fill: rewrite('background-color', style.backgroundColor), radius, opacity });
    }
    const colors = gradientColors(style.backgroundImage);
    if (colors.length > 1) parts.push({ kind: 'gradient', ...box, colors, opacity });
    else if (colors[0] !== undefined)
      parts.push({ kind: 'rect', ...narrowed(box, style.backgroundSize), fill: colors[0], radius, opacity });
    for (const side of ['top', 'right', 'bottom', 'left'] as const) {
      const color = style.getPropertyValue(`border-${side}-color`);
      const width = Number.parseFloat(style.getPropertyValue(`border-${side}-width`));
      if (style.getPropertyValue(`border-${side}-style`) === 'none' || !isVisible(color) || width === 0) continue;
      const line = side === 'top' || side === 'bottom' ? { height: width } : { width };
      const x = side === 'right' ? box.x + box.width - width : box.x;
      const y = side === 'bottom' ? box.y + box.height - width : box.y;
      parts.push({ kind: 'rect', ...box, x, y, ...line, fill: rewrite('border-color', color), opacity });
    }
  }

  function addChoice(select: HTMLSelectElement, { x, y, height }: Box, style: CSSStyleDeclaration, opacity: number): void {
    const font = fontOf(style, rewrite);
    const text = select.selectedOptions[0]?.text ?? '';
    const at = { x: x + Number.parseFloat(style.paddingLeft), y: y + baseline(height, font) };
    const width = widthOf(text, font);
    parts.push({ kind: 'text', ...at, text, width, fill: rewrite('color', style.color), font, opacity });
  }

  function addText(node: Text, style: CSSStyleDeclaration, opacity: number): void {
    const font = fontOf(style, rewrite);
    const decoration = style.textDecorationLine === 'none' ? '' : style.textDecorationLine;
    for (const { text, rect, right } of linesOf(node)) {
      const { x, y, height } = boxOf(rect);
      parts.push({
        kind: 'text',
        x,
        y: y + baseline(height, font),
        width: right - rect.left,
        text: style.textTransform === 'uppercase' ? text.toUpperCase() : text,
        fill: rewrite('color', style.color),
        font,
        ...(decoration && { decoration }),
        opacity,
      });
    }
  }
}

/** The lines in which a text is set, each with the place of its first word and where the last one ends. */
function linesOf(node: Text): readonly { readonly text: string; readonly rect: DOMRect; readonly right: number }[] {
  const lines: { text: string; rect: DOMRect; right: number }[] = [];
  const range = document.createRange();
  for (const word of node.data.matchAll(/[^ \t\n\r]+/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const rect = range.getBoundingClientRect();
    if (rect.width === 0) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.rect.top - rect.top) < 2) {
      last.text += ` ${word[0]}`;
      last.right = rect.right;
    } else {
      lines.push({ text: word[0], rect, right: rect.right });
    }
  }
  return lines;
}

let pen: CanvasRenderingContext2D | null | undefined;

/** A context that measures text in this font. */
function penFor({ family, size, weight }: Font): CanvasRenderingContext2D | null {
  pen ??= document.createElement('canvas').getContext('2d');
  if (pen) pen.font = `${weight} ${size}px ${family}`;
  return pen;
}

/** From the upper edge of a line's box to its baseline. */
function baseline(height: number, font: Font): number {
  const metrics = penFor(font)?.measureText('x');
  if (!metrics) return height / 2 + font.size * 0.35;
  return (height - metrics.fontBoundingBoxAscent - metrics.fontBoundingBoxDescent) / 2 + metrics.fontBoundingBoxAscent;
}

function widthOf(text: string, font: Font): number {
  return penFor(font)?.measureText(text).width ?? text.length * font.size * 0.55;
}

function fontOf(style: CSSStyleDeclaration, rewrite: Rewrite): Font {
  return {
    family: rewrite('font-family', style.fontFamily),
    size: Number.parseFloat(style.fontSize),
    weight: style.fontWeight,
    tabular: style.fontVariantNumeric.includes('tabular-nums'),
  };
}

/** The part of a box that a background of this size covers in its middle: "1px 100%". */
function narrowed(box: Box, size: string): Box {
  const width = /^([\d.]+)px/.exec(size)?.[1];
  return width === undefined ? box : { ...box, x: box.x + (box.width - Number(width)) / 2, width: Number(width) };
}

/** Text in a box of a pixel, for screen readers. */
function isForReadersOnly({ width, height }: Box, { overflow }: CSSStyleDeclaration): boolean {
  return width <= 1 && height <= 1 && overflow !== 'visible';
}

function isVisible(color: string): boolean {
  return color !== 'transparent' && !/^rgba\(.*,\s*0\)$/.test(color) && !/\/\s*0\)$/.test(color);
}
