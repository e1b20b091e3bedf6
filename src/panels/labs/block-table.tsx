import { NumberField } from '../../ui/number-field';
import type { WorkedBlock } from './block-example';
import { exactText } from './exact-text';
import styles from './labs.module.css';

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
