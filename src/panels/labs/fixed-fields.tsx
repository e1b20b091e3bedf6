import type { FixedPoint } from '../../numerics/fixed-point';
import { NumberField } from '../../ui/number-field';
import { Control } from './lab-layout';
import styles from './labs.module.css';

/** Bits in all: up to here every number is a float32. */
const MOST = 24;
const LONGEST = 16;

export interface FixedFieldsProps {
  readonly format: FixedPoint;
  readonly onChange: (format: FixedPoint) => void;
}

/** The two lengths of a fixed-point format. One bit alone would be a sign without a number. */
export function FixedFields({ format, onChange }: FixedFieldsProps) {
  const { integerBits, fractionBits } = format;
  return (
    <Control label="Bits before and behind the point">
      <div className={styles.lengths}>
        <NumberField
          label="IL, bits before the point"
          value={integerBits}
          min={fractionBits === 0 ? 2 : 1}
          max={Math.min(LONGEST, MOST - fractionBits)}
          step={1}
          integer
          onChange={(next) => onChange({ integerBits: next, fractionBits })}
        />
        <NumberField
          label="FL, bits behind the point"
          value={fractionBits}
          min={integerBits === 1 ? 1 : 0}
          max={Math.min(LONGEST, MOST - integerBits)}
          step={1}
          integer
          onChange={(next) => onChange({ integerBits, fractionBits: next })}
        />
      </div>
    </Control>
  );
}
