import { axisText, parseAxis, type SweepAxis } from './axis';

/** The axes of a sweep in a link: `sweep=quantize.bits:2..8;seed:1,2,3`. */

/** The texts of the axes, ranges as they were written. In a link + may have become a space. */
export function axisTexts(link: string): readonly string[] {
  return link
    .split(';')
    .map((text) =>
      text
        .replaceAll('%3B', ';')
        .replace(/\s*([:,])\s*/g, '$1')
        .trim()
        .replace(/\s+/g, '+'),
    )
    .filter((text) => text !== '');
}

/** One that holds a semicolon is none; while a person writes it, it stays one text. */
export function axesLink(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(';', '%3B')).join(';');
}

/** @throws SweepError at the first axis that is none */
export function parseAxes(texts: readonly string[]): readonly SweepAxis[] {
  return texts.map(parseAxis);
}

/** An axis as short as it can be written: whole numbers in a row as a range. */
export function shortAxisText(axis: SweepAxis): string {
  const [path = ''] = axis.paths;
  const numbers = axis.ticks.map(([text = '']) => Number(text));
  const [first = 0] = numbers;
  const row = axis.paths.length === 1 && numbers.length > 3 && numbers.every((n, i) => Number.isInteger(n) && n === first + i);
  return row ? `${path}:${first}..${numbers.at(-1)}` : axisText(axis);
}
