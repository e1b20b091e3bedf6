import { useSize } from '../../charts/use-size';
import type { WorkedBlock } from './block-example';
import { exactText } from './exact-text';
import styles from './labs.module.css';
import { fittingFigures, type LineFigure, padded } from './line-figures';
import { type LineScale, placeOf } from './line-place';

const HEIGHT = 100;
const TOP = 8;
const BASE = 76;

export interface BlockLineProps {
  readonly label: string;
  readonly block: WorkedBlock;
  readonly scale: LineScale;
}

/** The numbers that a block could store, and from where its own come to them. The table beside it has the figures. */
export function BlockLine({ label, block, scale }: BlockLineProps) {
  const [ref, { width }] = useSize();
  const { numbers, members } = block;
  const [min, max] = [numbers[0] ?? 0, numbers.at(-1) ?? 0];
  // The largest of the block may lie beyond what it can store; a block whose scale is 0 can store nothing.
  const bound = Math.max(max, block.largest) || 1;
  const range = { smallest: numbers.find((x) => x > 0) ?? bound / 2, bound };
  const at = (x: number) => padded(placeOf(range, x, scale)) * width;
  return (
    <div ref={ref} className={styles.blockLine} style={{ height: HEIGHT }} role="img" aria-label={label}>
      {width > 0 ? (
        <svg aria-hidden="true" width={width} height={HEIGHT}>
          <line className={styles.axis} x1={0} x2={width} y1={BASE} y2={BASE} />
          {numbers.map((x) => (
            <line key={x} className={styles.subnormal} x1={at(x)} x2={at(x)} y1={BASE - 12} y2={BASE} />
          ))}
          {members.map(({ x, stored }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a number of the block is its place
            <g key={i}>
              <line className={styles.latent} x1={at(x)} x2={at(stored)} y1={TOP} y2={BASE - 26} />
              <line className={styles.storedMark} x1={at(stored)} x2={at(stored)} y1={BASE - 26} y2={BASE} />
              <circle className={styles.latentDot} cx={at(x)} cy={TOP} r={4} />
            </g>
          ))}
          {fittingFigures(wantedFigures(min, max, numbers), at, exactText).map(({ x, anchor }) => (
            <text key={x} className={styles.figure} x={at(x)} y={BASE + 18} textAnchor={anchor}>
              {exactText(x)}
            </text>
          ))}
        </svg>
      ) : null}
    </div>
  );
}

/** Zero, the ends, and powers of two between them, the larger first. */
function wantedFigures(min: number, max: number, numbers: readonly number[]): readonly LineFigure[] {
  const powers = numbers.filter((x) => x > 0 && x < max && Math.log2(x) % 1 === 0).reverse();
  return [0, max, min, ...powers.flatMap((x) => [x, -x])].map((x): LineFigure => ({ x, anchor: 'middle' }));
}
