import type { NumberFormat } from '../../numerics/number-format';
import { exactText } from './exact-text';
import { digitsOf, type LineScale, largestRank, nearestRank, placeOf, valueAtPlace, valueOfRank } from './format-numbers';
import styles from './labs.module.css';
import { ValueLine } from './value-line';

const HEIGHT = 84;
const BASE = 60;
/** With more numbers than this on each side of zero only the powers of two are drawn. */
const MOST = 128;
/** Pixels of a digit, and between two figures. */
const [DIGIT, ROOM] = [6.6, 14];

export interface FormatLineProps {
  readonly format: NumberFormat;
  readonly scale: LineScale;
  readonly rank: number;
  readonly onRank: (rank: number) => void;
}

/** All finite numbers of a format on a line; a slider through them. */
export function FormatLine({ format, scale, rank, onRank }: FormatLineProps) {
  const most = largestRank(format);
  const value = valueOfRank(format, rank);
  const shown = exactText(value, digitsOf(format));
  const ranks = drawnRanks(format, most);
  return (
    <ValueLine
      label={`Numbers of ${format.label}`}
      text={shown}
      height={HEIGHT}
      value={rank}
      min={-most}
      max={most}
      page={2 ** format.mantissaBits}
      itemAt={(share) => nearestRank(format, valueAtPlace(format, unpadded(share), scale))}
      onChange={onRank}
    >
      {(width) => {
        const at = (x: number) => padded(placeOf(format, x, scale)) * width;
        const subnormal = (x: number) => Math.abs(x) < format.minNormal;
        return (
          <>
            <line className={styles.axis} x1={0} x2={width} y1={BASE} y2={BASE} />
            {ranks.map((r) => {
              const x = valueOfRank(format, r);
              const tall = Math.log2(Math.abs(x)) % 1 === 0 || x === 0;
              return (
                <line
                  key={r}
                  className={subnormal(x) ? styles.subnormal : styles.tick}
                  x1={at(x)}
                  x2={at(x)}
                  y1={BASE - (tall ? 26 : 14)}
                  y2={BASE}
                />
              );
            })}
            <line className={styles.chosen} x1={at(value)} x2={at(value)} y1={20} y2={BASE + 5} />
            <circle className={styles.chosenDot} cx={at(value)} cy={20} r={4} />
            <text className={styles.chosenText} x={within(at(value), width, shown)} y={11} textAnchor="middle">
              {shown}
            </text>
            {figures(format, scale, at).map(({ x, anchor }) => (
              <text key={x} className={styles.figure} x={at(x)} y={BASE + 18} textAnchor={anchor}>
                {exactText(x)}
              </text>
            ))}
          </>
        );
      }}
    </ValueLine>
  );
}

/** A margin for the marks at the ends. */
function padded(place: number): number {
  return 0.01 + 0.98 * place;
}

function unpadded(share: number): number {
  return (share - 0.01) / 0.98;
}

function within(x: number, width: number, text: string): number {
  const half = 3.6 * text.length;
  return Math.min(width - half, Math.max(half, x));
}

function drawnRanks(format: NumberFormat, most: number): readonly number[] {
  const positive =
    most <= MOST
      ? Array.from({ length: most }, (_, i) => i + 1)
      : Array.from({ length: Math.log2(format.maxFinite / format.minSubnormal) + 1 }, (_, i) =>
          nearestRank(format, format.minSubnormal * 2 ** i),
        );
  return [...positive.map((rank) => -rank).reverse(), 0, ...positive];
}

interface Figure {
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Figures under the line, the more important first, as far as there is room. */
function figures({ maxFinite, minSubnormal, minNormal }: NumberFormat, scale: LineScale, at: (x: number) => number): readonly Figure[] {
  const inner = scale === 'linear' ? [maxFinite / 2] : [minNormal, 1, minSubnormal, 1 / 32, 32, 2 ** -64, 2 ** 64];
  const wanted: Figure[] = [
    { x: 0, anchor: 'middle' },
    { x: maxFinite, anchor: 'end' },
    { x: -maxFinite, anchor: 'start' },
    ...inner
      .filter((x) => x >= minSubnormal && x < maxFinite)
      .flatMap((x): Figure[] => [
        { x, anchor: 'middle' },
        { x: -x, anchor: 'middle' },
      ]),
  ];
  const span = ({ x, anchor }: Figure) => {
    const width = DIGIT * exactText(x).length;
    const start = at(x) - width * { start: 0, middle: 0.5, end: 1 }[anchor];
    return [start - ROOM / 2, start + width + ROOM / 2] as const;
  };
  const kept: Figure[] = [];
  for (const figure of wanted) {
    const [from, to] = span(figure);
    if (kept.map(span).every(([start, end]) => to < start || from > end)) kept.push(figure);
  }
  return kept;
}
