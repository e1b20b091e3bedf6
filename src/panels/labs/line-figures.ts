/** Which figures fit under a line of numbers. Pure. */
export interface LineFigure {
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Pixels of a digit, and between two figures. */
const [DIGIT, ROOM] = [6.6, 14];

/** Those that have room, the first ones before the later ones. @param at pixels of a number @param text as it is written */
export function fittingFigures(
  wanted: readonly LineFigure[],
  at: (x: number) => number,
  text: (x: number) => string,
): readonly LineFigure[] {
  const span = ({ x, anchor }: LineFigure) => {
    const width = DIGIT * text(x).length;
    const start = at(x) - width * { start: 0, middle: 0.5, end: 1 }[anchor];
    return [start - ROOM / 2, start + width + ROOM / 2] as const;
  };
  const kept: LineFigure[] = [];
  for (const figure of wanted) {
    const [from, to] = span(figure);
    if (kept.map(span).every(([start, end]) => to < start || from > end)) kept.push(figure);
  }
  return kept;
}

/** A margin for the marks at the ends of a line. */
export function padded(place: number): number {
  return 0.01 + 0.98 * place;
}

export function unpadded(share: number): number {
  return (share - 0.01) / 0.98;
}
