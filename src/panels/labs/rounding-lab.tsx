import { useState } from 'react';
import { fixedPointGrid, integerFormat } from '../../numerics/formats/fixed-point';
import { formatGrid } from '../../numerics/formats/format-rounding';
import { formats } from '../../numerics/formats/number-format';
import { fixed, percent, significant } from '../../numerics/measures/number-words';
import { type Rounding, roundings } from '../../numerics/rounding/rounding';
import { powerOfTwo, type RoundingGrid, roundToGrid, stepExponent } from '../../numerics/rounding/rounding-grid';
import { Button } from '../../ui/button';
import { NumberField } from '../../ui/number-field';
import { Segmented } from '../../ui/segmented';
import { Select } from '../../ui/select';
import { exactText } from './exact-text';
import { Control, Lab } from './lab-layout';
import styles from './labs.module.css';
import { drawMany, neighboursOf, upProbability } from './rounding-draws';
import { ValueLine } from './value-line';

const grids = {
  whole: { label: 'whole numbers', grid: fixedPointGrid(integerFormat(8)) },
  quarters: { label: 'fixed point <4, 2>, quarters', grid: fixedPointGrid({ integerBits: 4, fractionBits: 2 }) },
  e2m1: { label: formats.e2m1.label, grid: formatGrid(formats.e2m1, { saturate: true }) },
  e5m2: { label: formats.e5m2.label, grid: formatGrid(formats.e5m2, { saturate: true }) },
} as const;
type GridId = keyof typeof grids;

const LIMIT = 4;
/** The slider's grid. */
const FINEST = 100;

const names: Readonly<Record<Rounding, string>> = {
  'nearest-even': 'nearest, ties to even',
  'half-away': 'nearest, ties away from zero',
  floor: 'down',
  ceil: 'up',
  'toward-zero': 'towards zero',
  stochastic: 'stochastic',
  'stochastic-half': 'stochastic, one half',
};

/** One number between two others, and all the ways to get to one of them. */
export function RoundingLab() {
  const [gridId, setGridId] = useState<GridId>('whole');
  const [typed, setTyped] = useState(1.7);
  const [rounding, setRounding] = useState<'stochastic' | 'stochastic-half'>('stochastic');
  const [count, setCount] = useState(100);
  const [seed, setSeed] = useState(1);
  const { grid } = grids[gridId];
  const x = Math.fround(typed);
  const { low, high, fraction } = neighboursOf(x, grid);
  return (
    <Lab
      intro="Rounding to nearest is best for one number and bad for many: small differences vanish every time. Stochastic rounding has a larger error each time but is correct on average."
      controls={
        <>
          <Control label="Numbers to round to">
            <Select
              label="Numbers to round to"
              options={Object.entries(grids).map(([value, { label }]) => ({ value, label }))}
              value={gridId}
              onChange={(next) => setGridId(next as GridId)}
            />
          </Control>
          <Control label="Number x">
            <NumberField label="Number x" value={typed} min={-LIMIT} max={LIMIT} step={0.05} onChange={setTyped} />
          </Control>
        </>
      }
    >
      <RoundingLine grid={grid} x={typed} onX={setTyped} />
      <p className={styles.note}>
        {low === high
          ? `${exactText(typed)} is on the grid: no rounding moves it.`
          : `${exactText(typed)} lies between ${exactText(low)} and ${exactText(high)}, ${percent(fraction)} of the way up.`}
      </p>
      <div className={styles.pair}>
        <ModesTable grid={grid} x={x} />
        <section className={styles.draws} aria-label="Many draws">
          <div className={styles.controls}>
            <Control label="Rounding">
              <Segmented
                label="Rounding of the draws"
                options={[
                  { value: 'stochastic', label: 'stochastic' },
                  { value: 'stochastic-half', label: 'one half' },
                ]}
                value={rounding}
                onChange={(next) => setRounding(next as typeof rounding)}
              />
            </Control>
            <Control label="Draws">
              <Segmented
                label="Draws"
                options={[10, 100, 1000, 10_000].map((n) => ({ value: String(n), label: n.toLocaleString('en-US') }))}
                value={String(count)}
                onChange={(next) => setCount(Number(next))}
              />
            </Control>
            <Button small onPress={() => setSeed(seed + 1)}>
              Draw again
            </Button>
          </div>
          <DrawBars grid={grid} x={x} rounding={rounding} count={count} seed={seed} />
        </section>
      </div>
    </Lab>
  );
}

function RoundingLine({ grid, x, onX }: { readonly grid: RoundingGrid; readonly x: number; readonly onX: (x: number) => void }) {
  const { low, high } = neighboursOf(Math.fround(x), grid);
  const points = pointsOf(grid);
  return (
    <ValueLine
      label="Number x"
      text={exactText(x)}
      height={84}
      value={Math.round(x * FINEST)}
      min={-LIMIT * FINEST}
      max={LIMIT * FINEST}
      page={FINEST / 4}
      itemAt={(share) => Math.round(((share - 0.02) / 0.96 - 0.5) * 2 * LIMIT * FINEST)}
      onChange={(next) => onX(next / FINEST)}
    >
      {(width) => {
        const at = (value: number) => (0.02 + 0.96 * (0.5 + value / (2 * LIMIT))) * width;
        return (
          <>
            <rect className={styles.between} x={at(low)} width={Math.max(0, at(high) - at(low))} y={26} height={28} />
            <line className={styles.axis} x1={0} x2={width} y1={54} y2={54} />
            {points.map((value) => (
              <line
                key={value}
                className={styles.tick}
                x1={at(value)}
                x2={at(value)}
                y1={value === low || value === high ? 26 : 42}
                y2={54}
              />
            ))}
            {[...new Set([-LIMIT, -2, 0, 2, LIMIT, low, high])]
              .filter(
                (value) => value === low || value === high || Math.min(Math.abs(at(value) - at(low)), Math.abs(at(value) - at(high))) > 34,
              )
              .filter((value) => value !== low || low === high || at(high) - at(low) > 30)
              .map((value) => (
                <text key={value} className={styles.figure} x={at(value)} y={72} textAnchor="middle">
                  {exactText(value)}
                </text>
              ))}
            <line className={styles.latent} x1={at(x)} x2={at(x)} y1={18} y2={60} />
            <circle className={styles.latentDot} cx={at(x)} cy={18} r={4} />
            <text className={styles.chosenText} x={at(x)} y={10} textAnchor="middle">
              {`x = ${exactText(x)}`}
            </text>
          </>
        );
      }}
    </ValueLine>
  );
}

/** The grid's numbers from −4 to 4, as long as they can be distinguished. */
function pointsOf(grid: RoundingGrid): readonly number[] {
  const points = [0];
  for (let x = 0; x < LIMIT; ) {
    x += Math.max(powerOfTwo(stepExponent(x, grid)), 1 / 32);
    points.push(x, -x);
  }
  return [...new Set(points.map((x) => roundToGrid(x, grid, 'nearest-even', 0) + 0))];
}

function ModesTable({ grid, x }: { readonly grid: RoundingGrid; readonly x: number }) {
  const { low, high } = neighboursOf(x, grid);
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Seven roundings of x</caption>
      <thead>
        <tr>
          {['rounding', 'result', 'up', 'mean error'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {roundings.map((rounding) => {
          const up = upProbability(x, grid, rounding);
          const mean = low + up * (high - low);
          return (
            <tr key={rounding}>
              <th scope="row">{names[rounding]}</th>
              <td>{up > 0 && up < 1 ? `${exactText(low)} or ${exactText(high)}` : exactText(up === 1 ? high : low)}</td>
              <td>{percent(up, up > 0 && up < 1 ? 1 : 0)}</td>
              <td>{exactText(Number((mean - x).toPrecision(4)) + 0)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface DrawBarsProps {
  readonly grid: RoundingGrid;
  readonly x: number;
  readonly rounding: Rounding;
  readonly count: number;
  readonly seed: number;
}

/** How often x went down and up. */
function DrawBars({ grid, x, rounding, count, seed }: DrawBarsProps) {
  const { low, high } = neighboursOf(x, grid);
  const { ups, mean, variance } = drawMany(x, grid, rounding, count, seed);
  const expected = upProbability(x, grid, rounding);
  const rows =
    low === high
      ? [[low, count, 1] as const]
      : ([
          [low, count - ups, 1 - expected],
          [high, ups, expected],
        ] as const);
  return (
    <>
      <dl className={styles.bars}>
        {rows.map(([value, times, probability]) => (
          <div key={value}>
            <dt>{exactText(value)}</dt>
            <dd>
              <span className={styles.barTrack}>
                <span className={styles.bar} style={{ width: `${(100 * times) / count}%` }} />
                <span className={styles.barMark} style={{ insetInlineStart: `${100 * probability}%` }} />
              </span>
              <span className={styles.barText}>{times.toLocaleString('en-US')}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        Mean {fixed(mean, 4)}, x is {fixed(x, 4)}; variance {significant(variance, 3)}, in theory{' '}
        {significant(expected * (1 - expected) * (high - low) ** 2, 3)}. The thin marks are the expected shares.
      </p>
    </>
  );
}
