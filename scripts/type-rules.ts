/** The rule of type: nothing on screen is set below 12 px, and sizes are tokens or grow with the root size. Pure functions on texts. */
import { isTest, type SourceFile, withoutComments } from './source-rules';

/** The smallest size on screen, in px of a root of 16 px. */
const SMALLEST = 12;
const ROOT = 16;

/** Sizes in style sheets: every font-size, and the size in a font shorthand. */
const STYLED = /\bfont(?:-size)?:[^;{}]*?\b(\d*\.?\d+)(px|rem|em|%|pt)/g;
/** Sizes in drawings: fontSize, and the font of a canvas with a number of pixels, perhaps times the ratio of the screen. */
const DRAWN = [/\bfontSize\s*[:=]\s*[{'"]*(\d*\.?\d+)/g, /font\s*=\s*`[^`]*?\b(\d*\.?\d+)(?:px|\s*\*)/g];

/** Texts that are set too small, and sizes that `tokens` (the style sheet of the tokens) does not define. */
export function typeProblems({ path, text }: SourceFile, tokens: string): string[] {
  if (isTest(path)) return [];
  const code = withoutComments(text);
  if (!path.endsWith('.css'))
    return DRAWN.flatMap((sizes) => [...code.matchAll(sizes)])
      .filter(([, size]) => Number(size) < SMALLEST)
      .map(([found]) => `${path}: ${found} is below ${SMALLEST} px`);
  // Paper has sizes of its own.
  const small = [...code.replace(/@page\s*{(?:[^{}]|{[^{}]*})*}/g, '').matchAll(STYLED)]
    .filter(([, size, unit]) => pixels(Number(size), unit!) < SMALLEST)
    .map(([found]) => `${path}: "${found}" is below ${SMALLEST} px`);
  const unknown = [...code.matchAll(/var\((--(?:text|line)-[\w-]+)\)/g)]
    .filter(([, name]) => !tokens.includes(`${name}:`))
    .map(([, name]) => `${path}: ${name} is no size of ui/tokens.css`);
  return [...small, ...unknown];
}

/** An em or a percentage is of a text that may be 12 px itself. */
function pixels(size: number, unit: string): number {
  if (unit === 'px') return size;
  if (unit === 'pt') return (size * 4) / 3;
  if (unit === 'rem') return size * ROOT;
  return unit === 'em' ? size * SMALLEST : (size / 100) * SMALLEST;
}
