import { useSize } from '../../charts/shared/use-size';
import { type BlockFormatId, blockFormats } from '../../numerics/formats/block-formats';
import { Formula } from '../../ui/formula';
import { NumberField } from '../../ui/number-field';
import { type WorkedBlock, workedBlock } from './block-example';
import { bitsSentence, blockSummary, elementsSentence, errorSentence, scaleFormula, scaleSentence } from './block-words';
import { exactText } from './exact-text';
import styles from './labs.module.css';
import { fittingFigures, type LineFigure, type LineScale, padded, positionOf } from './number-line';

export interface BlockExplorerProps {
  readonly id: BlockFormatId;
  readonly scale: LineScale;
  readonly values: readonly number[];
  readonly onValues: (values: readonly number[]) => void;
}

/** A block of a format with shared scales: the scale, the elements, what is stored. */
export function BlockExplorer({ id, scale, values, onValues }: BlockExplorerProps) {
  const format = blockFormats[id];
  const block = workedBlock(values, id);
  return (
    <>
      <BlockLine label={blockSummary(format, block)} block={block} scale={scale} />
      <ul className={styles.legend}>
        <li data-kind="latent">number</li>
        <li data-kind="nearest">stored</li>
      </ul>
      <p className={styles.note}>{elementsSentence(format, block)}</p>
      <div className={styles.reading} aria-live="polite">
        <Formula tex={scaleFormula(format, block)} />
        <p className={styles.note}>{scaleSentence(format, block)}</p>
        <p className={styles.note}>{errorSentence(block)}</p>
      </div>
      <BlockTable block={block} values={values} onChange={onValues} />
      <p className={styles.note}>{bitsSentence(format, block)}</p>
    </>
  );
}

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
  const at = (x: number) => padded(positionOf(range, x, scale)) * width;
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

export interface BlockTableProps {
  readonly block: WorkedBlock;
  readonly values: readonly number[];
  readonly onChange: (values: readonly number[]) => void;
}

/** The numbers of a block, each on its way to its code and back. */
export function BlockTable({ block, values, onChange }: BlockTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.scroll} aria-label="Numbers of the block" tabIndex={0}>
      <table className={`${styles.table} ${styles.blockTable}`}>
        <thead>
          <tr>
            {['number', '÷ scale', 'element', 'code', 'stored', 'error'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.members.map(({ x, scaled, element, code, stored, error, saturates }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a number of the block is its place
            <tr key={i}>
              <td>
                <NumberField
                  label={`Number ${i + 1} of the block`}
                  value={x}
                  min={-1e6}
                  max={1e6}
                  step={0.1}
                  onChange={(next) => onChange(values.with(i, next))}
                />
              </td>
              <td>{rounded(scaled)}</td>
              <td>
                {exactText(element)}
                {saturates ? ' (largest)' : ''}
              </td>
              <td className={styles.code}>{code.toString(2).padStart(block.bits, '0')}</td>
              <td>{rounded(stored, 7)}</td>
              <td>{rounded(error)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function rounded(x: number, digits = 4): string {
  return exactText(Number(x.toPrecision(digits)) + 0);
}
