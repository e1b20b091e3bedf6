import { exactText } from './exact-text';
import styles from './labs.module.css';
import { drawnRanks, fittingFigures, type LineFigure, type LineScale, padded, positionOf, unpadded, valueAtPosition } from './number-line';
import type { NumberSet } from './number-set';
import { ValueLine } from './value-line';

const HEIGHT = 84;
const BASE = 60;

export interface FormatLineProps {
  readonly numbers: NumberSet;
  readonly scale: LineScale;
  readonly rank: number;
  readonly onRank: (rank: number) => void;
}

/** All finite numbers of a format on a line; a slider through them. */
export function FormatLine({ numbers, scale, rank, onRank }: FormatLineProps) {
  const value = numbers.valueOf(rank);
  const shown = numbers.text(value);
  const ranks = drawnRanks(numbers, scale);
  // Floating-point ends are short in four digits; those of fixed point differ from a power of two only in the last one.
  const figureText = numbers.step === undefined ? (x: number) => exactText(x) : numbers.text;
  return (
    <ValueLine
      label={`Numbers of ${numbers.label}`}
      text={shown}
      height={HEIGHT}
      value={rank}
      min={numbers.lowest}
      max={numbers.highest}
      page={numbers.page}
      itemAt={(share) => numbers.nearest(valueAtPosition(numbers, unpadded(share), scale))}
      onChange={onRank}
    >
      {(width) => {
        const at = (x: number) => padded(positionOf(numbers, x, scale)) * width;
        return (
          <>
            <line className={styles.axis} x1={0} x2={width} y1={BASE} y2={BASE} />
            {ranks.map((r) => {
              const x = numbers.valueOf(r);
              const tall = Math.log2(Math.abs(x)) % 1 === 0 || x === 0;
              return (
                <line
                  key={r}
                  className={Math.abs(x) < numbers.minNormal ? styles.subnormal : styles.tick}
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
            {fittingFigures(wantedFigures(numbers, scale), at, figureText).map(({ x, anchor }) => (
              <text key={x} className={styles.figure} x={at(x)} y={BASE + 18} textAnchor={anchor}>
                {figureText(x)}
              </text>
            ))}
          </>
        );
      }}
    </ValueLine>
  );
}

function within(x: number, width: number, text: string): number {
  const half = 3.6 * text.length;
  return Math.min(width - half, Math.max(half, x));
}

/** Figures under the line, the more important first. */
function wantedFigures(numbers: NumberSet, scale: LineScale): readonly LineFigure[] {
  const { lowest, highest, smallest, bound, minNormal } = numbers;
  const [min, max] = [numbers.valueOf(lowest), numbers.valueOf(highest)];
  const inner = scale === 'linear' ? [bound / 2] : [minNormal, 1, smallest, 1 / 32, 32, 2 ** -64, 2 ** 64];
  return [
    { x: 0, anchor: 'middle' },
    { x: max, anchor: 'end' },
    { x: min, anchor: 'start' },
    ...inner
      .filter((x) => x >= smallest && x < max)
      .flatMap((x): LineFigure[] => [
        { x, anchor: 'middle' },
        { x: -x, anchor: 'middle' },
      ]),
  ];
}
