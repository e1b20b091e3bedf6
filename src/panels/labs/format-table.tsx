import { formats, type NumberFormat } from '../../numerics/number-format';
import styles from './labs.module.css';
import { Figure, Power } from './power';

const specials = { ieee: '±∞, NaN', nan: 'NaN', none: 'none' } as const;
const integers = [8, 4];

/** The course's table: precision, range and specials of every format. */
export function FormatTable({ chosen }: { readonly chosen: NumberFormat['id'] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.scroll} aria-label="Table of formats" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {['format', 'bits', 't', 'u', 'largest', 'smallest normal', 'smallest', 'specials'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.values(formats).map((format) => (
            <tr key={format.id} data-chosen={format.id === chosen || undefined}>
              <th scope="row">{format.label}</th>
              <td>{format.bits}</td>
              <td>{format.precision}</td>
              <td>
                <Figure value={format.unitRoundoff} />
              </td>
              <td>
                <Figure value={format.maxFinite} />
              </td>
              <td>
                <Power base={2} exponent={format.minExponent} />
              </td>
              <td>
                <Power base={2} exponent={format.minExponent - format.mantissaBits} />
              </td>
              <td>{specials[format.specials]}</td>
            </tr>
          ))}
          {integers.map((bits) => (
            <tr key={bits}>
              <th scope="row">int{bits}</th>
              <td>{bits}</td>
              <td>–</td>
              <td>–</td>
              <td>{2 ** (bits - 1) - 1}</td>
              <td>step 1</td>
              <td>1</td>
              <td>saturates</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
