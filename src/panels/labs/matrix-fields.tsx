import { NumberField } from '../../ui/number-field';
import styles from './labs.module.css';

export interface MatrixFieldsProps {
  /** 16 numbers, row by row. */
  readonly values: readonly number[];
  readonly onChange: (values: readonly number[]) => void;
}

/** A 4 × 4 matrix whose numbers can be changed. */
export function MatrixFields({ values, onChange }: MatrixFieldsProps) {
  return (
    <div className={styles.fields}>
      {values.map((value, i) => (
        <NumberField
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
          key={i}
          label={`Row ${Math.floor(i / 4) + 1}, column ${(i % 4) + 1}`}
          value={value}
          min={-1000}
          max={1000}
          step={0.01}
          onChange={(next) => onChange(values.with(i, next))}
        />
      ))}
    </div>
  );
}
