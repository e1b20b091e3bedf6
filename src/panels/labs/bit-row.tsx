import { type Bit, type BitField, isOn, isShortWeight, weightOf } from './bit-fields';
import { exactText, Power } from './exact-text';
import styles from './labs.module.css';

export interface BitRowProps {
  readonly fields: readonly BitField[];
  readonly code: number;
  readonly onCode: (code: number) => void;
  /** A field's value as it is written. */
  readonly text: (value: number) => string;
}

/** The bits of one number, each a switch, in their fields. */
export function BitRow({ fields, code, onCode, text }: BitRowProps) {
  return (
    <div className={styles.bits}>
      {fields.map(({ name, role, bits, value }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and cannot be laid out in a row everywhere
        <div
          key={name}
          role="group"
          aria-label={`${name}, ${bits.length} ${bits.length === 1 ? 'bit' : 'bits'}`}
          className={styles.field}
          data-field={role}
        >
          <span className={styles.fieldBits}>
            {bits.map((bit) => {
              const on = isOn(code, bit.position);
              return (
                <span key={bit.position} className={styles.bitColumn}>
                  <button
                    type="button"
                    className={styles.bit}
                    aria-pressed={on}
                    aria-label={bit.label}
                    onClick={() => onCode(code + (on ? -1 : 1) * 2 ** bit.position)}
                  >
                    {on ? 1 : 0}
                  </button>
                  {bit.weight ? <Weight weight={bit.weight} /> : null}
                </span>
              );
            })}
          </span>
          <span className={styles.fieldName}>
            {name} {text(value)}
          </span>
        </div>
      ))}
    </div>
  );
}

/** Under its bit, whose name says it too. */
function Weight({ weight }: { readonly weight: NonNullable<Bit['weight']> }) {
  return (
    <span className={styles.weight} aria-hidden="true">
      {isShortWeight(weight) ? (
        exactText(weightOf(weight))
      ) : (
        <>
          {weight.negative ? '−' : ''}
          <Power base={2} exponent={weight.exponent} />
        </>
      )}
    </span>
  );
}
