import { useState } from 'react';
import { significant } from '../../numerics/format';
import { codeOf, formatGrid } from '../../numerics/format-rounding';
import { bitFields, formats, type NumberFormat, numberOf } from '../../numerics/number-format';
import { roundToGrid } from '../../numerics/rounding-grid';
import { Formula } from '../../ui/formula';
import { NumberField } from '../../ui/number-field';
import { Segmented } from '../../ui/segmented';
import { Select } from '../../ui/select';
import { BitRow } from './bit-row';
import { exactText } from './exact-text';
import { FormatLine } from './format-line';
import { codeOfRank, digitsOf, type LineScale, largestRank, rankOfCode, valueOfRank } from './format-numbers';
import { FormatTable } from './format-table';
import { Control, Lab } from './lab-layout';
import styles from './labs.module.css';

const options = Object.values(formats).map(({ id, label, exponentBits, mantissaBits }) => ({
  value: id,
  label,
  help: `1 sign, ${exponentBits} exponent and ${mantissaBits} mantissa bits.`,
}));

/** Every number of a format: on a line, bit by bit, and as the course tabulates them. */
export function FormatsLab() {
  const [id, setId] = useState<NumberFormat['id']>('e4m3fn');
  const [scale, setScale] = useState<LineScale>('log');
  const [typed, setTyped] = useState(0.3);
  const format = formats[id];
  const rounded = (x: number, into: NumberFormat) =>
    codeOf(into, roundToGrid(Math.fround(x), formatGrid(into, { saturate: false }), 'nearest-even', 0));
  const [code, setCode] = useState(() => rounded(typed, format));
  const rank = rankOfCode(format, code);
  const choose = (next: string) => {
    const into = formats[next as NumberFormat['id']];
    setId(into.id);
    // The number that was typed stays; it is rounded anew.
    setCode(into.specials === 'none' ? roundedInside(typed, into) : rounded(typed, into));
  };
  const type = (x: number) => {
    setTyped(x);
    setCode(format.specials === 'none' ? roundedInside(x, format) : rounded(x, format));
  };
  return (
    <Lab
      intro="A floating-point number is a sign, a power of two and a fraction. Exponent bits buy range, mantissa bits buy precision: press a bit, or drag along the line."
      controls={
        <>
          <Control label="Format">
            <Select label="Format" options={options} value={id} onChange={choose} />
          </Control>
          <Control label="Line">
            <Segmented
              label="Line"
              options={[
                { value: 'log', label: 'logarithmic' },
                { value: 'linear', label: 'linear' },
              ]}
              value={scale}
              onChange={(next) => setScale(next as LineScale)}
            />
          </Control>
          <Control label="Round a number">
            <NumberField label="Number to round" value={typed} min={-1e20} max={1e20} step={0.1} onChange={type} />
          </Control>
        </>
      }
    >
      <FormatLine format={format} scale={scale} rank={rank ?? largestRank(format)} onRank={(next) => setCode(codeOfRank(format, next))} />
      <p className={styles.note}>{lineSentence(format)}</p>
      <BitRow format={format} code={code} onCode={setCode} />
      <div className={styles.reading} aria-live="polite">
        <Formula tex={formulaOf(format, code)} />
        <p className={styles.note}>{rank === undefined ? 'This pattern is no finite number.' : neighbourSentence(format, rank)}</p>
        <p className={styles.note}>{typedSentence(typed, numberOf(format, code))}</p>
      </div>
      <h3 className={styles.heading}>All formats</h3>
      <FormatTable chosen={id} />
      <p className={styles.note}>
        t counts the mantissa bits and the hidden 1; u = 2⁻ᵗ is the largest relative error of rounding to nearest. e4m3fn is the fp8 of the
        Open Compute Project, without infinities; e4m3 with them ends at 240.
      </p>
    </Lab>
  );
}

function roundedInside(x: number, format: NumberFormat): number {
  return codeOf(format, roundToGrid(Math.fround(x), formatGrid(format, { saturate: true }), 'nearest-even', 0));
}

function lineSentence(format: NumberFormat): string {
  const most = largestRank(format);
  const finite = `${(2 * most + 1).toLocaleString('en-US')} finite numbers from ${exactText(-format.maxFinite)} to ${exactText(format.maxFinite)}`;
  const drawn = most > 128 ? '; drawn are the powers of two' : '';
  const each = 2 ** format.mantissaBits;
  return `${finite}${drawn}. Between two powers of two lie always ${each.toLocaleString('en-US')} of them; paler ones are subnormal, evenly spaced around zero.`;
}

function formulaOf(format: NumberFormat, code: number): string {
  const { sign, exponent, mantissa } = bitFields(format, code);
  const value = numberOf(format, code);
  const { bias, mantissaBits } = format;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '\\text{NaN}' : sign ? '-\\infty' : '\\infty';
  const fraction = `\\tfrac{${mantissa}}{${2 ** mantissaBits}}`;
  const shown = texNumber(value, digitsOf(format));
  return exponent === 0
    ? `(-1)^{${sign}} \\times 2^{1-${bias}} \\times \\left(0 + ${fraction}\\right) = ${shown}`
    : `(-1)^{${sign}} \\times 2^{${exponent}-${bias}} \\times \\left(1 + ${fraction}\\right) = ${shown}`;
}

function texNumber(x: number, digits: number): string {
  const text = exactText(x, digits).replace('−', '-');
  if (!text.includes('×')) return text;
  const [mantissa = '', exponent = '0'] = x.toExponential(digits - 1).split('e');
  return `${mantissa} \\times 10^{${Number(exponent)}}`;
}

function neighbourSentence(format: NumberFormat, rank: number): string {
  const most = largestRank(format);
  const value = valueOfRank(format, rank);
  const text = (x: number) => exactText(x, digitsOf(format));
  const below = rank > -most ? text(valueOfRank(format, rank - 1)) : 'nothing finite';
  const above = rank < most ? text(valueOfRank(format, rank + 1)) : 'nothing finite';
  const gap = rank < most ? valueOfRank(format, rank + 1) - value : value - valueOfRank(format, rank - 1);
  const share = value === 0 ? '' : `, ${significant((100 * gap) / Math.abs(value), 2)} % of it`;
  return `Below it ${below}, above it ${above}: ${exactText(gap)} apart${share}.`;
}

function typedSentence(typed: number, value: number): string {
  const error = value - typed;
  if (!Number.isFinite(error)) return `${exactText(typed)} is out of range.`;
  if (error === 0) return `${exactText(typed)} is a number of the format.`;
  return `From ${exactText(typed)} it is ${exactText(Number(Math.abs(error).toPrecision(4)))} away${typed === 0 ? '' : `, ${significant((100 * Math.abs(error)) / Math.abs(typed), 3)} %`}.`;
}
