import { bitFields, type NumberFormat } from '../../numerics/number-format';
import styles from './labs.module.css';

export interface BitRowProps {
  readonly format: NumberFormat;
  readonly code: number;
  readonly onCode: (code: number) => void;
}

/** The bits of one number, each a switch, in their three fields. */
export function BitRow({ format, code, onCode }: BitRowProps) {
  const { exponentBits, mantissaBits, bits } = format;
  const fields = [
    { name: 'sign', from: bits - 1, count: 1 },
    { name: 'exponent', from: bits - 2, count: exponentBits },
    { name: 'mantissa', from: mantissaBits - 1, count: mantissaBits },
  ] as const;
  const values = bitFields(format, code);
  return (
    <div className={styles.bits}>
      {fields.map(({ name, from, count }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and cannot be laid out in a row everywhere
        <div
          key={name}
          role="group"
          aria-label={`${name}, ${count} ${count === 1 ? 'bit' : 'bits'}`}
          className={styles.field}
          data-field={name}
        >
          <span className={styles.fieldBits}>
            {Array.from({ length: count }, (_, i) => {
              const weight = 2 ** (from - i);
              const on = Math.floor(code / weight) % 2 === 1;
              return (
                <button
                  key={weight}
                  type="button"
                  className={styles.bit}
                  aria-pressed={on}
                  aria-label={`${name} bit ${count - i}`}
                  onClick={() => onCode(code + (on ? -weight : weight))}
                >
                  {on ? 1 : 0}
                </button>
              );
            })}
          </span>
          <span className={styles.fieldName}>
            {name} {values[name]}
          </span>
        </div>
      ))}
    </div>
  );
}
