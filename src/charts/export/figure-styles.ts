/** SVG elements with their styles written into them, so that they look the same without the page's style sheets. */

/** Properties that children take over, and what they are without any style sheet. */
const inherited: Readonly<Record<string, string>> = {
  fill: 'rgb(0, 0, 0)',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-opacity': '1',
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'paint-order': 'normal',
  'text-anchor': 'start',
  'dominant-baseline': 'auto',
  'font-family': '',
  'font-size': '',
  'font-weight': '400',
  'font-variant-numeric': 'normal',
  visibility: 'visible',
};
const own: Readonly<Record<string, string>> = { opacity: '1', 'vector-effect': 'none', 'mix-blend-mode': 'normal' };

/** Left out of the copy: attributes that styles replace, or that mean something on the page only. */
const pageOnly = /^(class|style|role|tabindex|aria-.*|data-.*|focusable)$/;

/** Rewrites a computed value: colours of the paper, names of fonts. */
export type Rewrite = (property: string, value: string) => string;

/** A copy of an SVG element with computed styles inlined. What is not displayed is left out. */
export function styledCopy(element: SVGElement, rewrite: Rewrite): SVGElement {
  return copy(element, null, rewrite);
}

function copy(element: SVGElement, parent: CSSStyleDeclaration | null, rewrite: Rewrite): SVGElement {
  const made = element.cloneNode(false) as SVGElement;
  const style = getComputedStyle(element);
  for (const { name } of [...made.attributes]) {
    if (pageOnly.test(name) || name in inherited || name in own) made.removeAttribute(name);
  }
  const text = [
    ...Object.entries(inherited).filter(
      ([name, initial]) => style.getPropertyValue(name) !== (parent ? parent.getPropertyValue(name) : initial),
    ),
    ...Object.entries(own).filter(([name, initial]) => style.getPropertyValue(name) !== initial),
  ]
    .map(([name]) => `${name}: ${rewrite(name, style.getPropertyValue(name))}`)
    .join('; ');
  if (text !== '') made.setAttribute('style', text);
  for (const child of element.childNodes) {
    if (child instanceof SVGElement) {
      if (getComputedStyle(child).display !== 'none' || child.closest('defs, clipPath')) made.append(copy(child, style, rewrite));
    } else if (child.nodeType === Node.TEXT_NODE) {
      made.append(child.cloneNode());
    }
  }
  return made;
}
