import { type FixedPoint, fixedPointBits, integerFormat } from '../../numerics/formats/fixed-point';
import { formats } from '../../numerics/formats/number-format';
import { Figure, Power } from './exact-text';
import styles from './labs.module.css';
import { fixedNumbers, integerNumbers, type NumberSet } from './number-set';

const specials = { ieee: '±∞, NaN', nan: 'NaN', none: 'none' } as const;
/** Widths of whole numbers that the table always has. */
const integers = [16, 8, 4, 2];
const NOTHING = '–';

export interface FormatTableProps {
  /** Id of a floating-point format. */
  readonly chosen?: string;
  /** Width of the intN that is chosen: it has a row. */
  readonly chosenInteger?: number;
  readonly fixed: FixedPoint;
  readonly fixedChosen: boolean;
}

/** The course's table: precision, range and specials of every format. */
export function FormatTable({ chosen, chosenInteger, fixed, fixedChosen }: FormatTableProps) {
  const widths = [...new Set([...integers, ...(chosenInteger === undefined ? [] : [chosenInteger])])].sort((a, b) => b - a);
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
          {widths.map((bits) => (
            <FixedRow key={bits} format={integerFormat(bits)} numbers={integerNumbers(bits)} isChosen={bits === chosenInteger} />
          ))}
          <FixedRow format={fixed} numbers={fixedNumbers(fixed)} isChosen={fixedChosen} />
        </tbody>
      </table>
    </section>
  );
}

interface FixedRowProps {
  readonly format: FixedPoint;
  readonly numbers: NumberSet;
  readonly isChosen: boolean;
}

/** Numbers with a fixed step have no significand, no relative precision and no subnormal ones. */
function FixedRow({ format, numbers, isChosen }: FixedRowProps) {
  return (
    <tr data-chosen={isChosen || undefined}>
      <th scope="row">{numbers.label}</th>
      <td>{fixedPointBits(format)}</td>
      <td>{NOTHING}</td>
      <td>{NOTHING}</td>
      <td>{numbers.text(numbers.valueOf(numbers.highest))}</td>
      <td>{NOTHING}</td>
      <td>{format.fractionBits === 0 ? 1 : <Power base={2} exponent={-format.fractionBits} />}</td>
      <td>none</td>
    </tr>
  );
}
