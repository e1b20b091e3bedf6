/** The explorer's formulas and sentences. Pure. */

import type { FixedPoint } from '../../numerics/formats/fixed-point';
import { bitFields, type NumberFormat, numberOf } from '../../numerics/formats/number-format';
import { significant } from '../../numerics/measures/number-words';
import { narrowRange } from '../../numerics/scales/clipped-codes';
import { fixedFields, isOn } from './bit-fields';
import { exactText } from './exact-text';
import type { LineScale } from './number-line';
import { drawnStride, MOST_DRAWN } from './number-line';
import { fixedNumbers, integerNumbers, type NumberSet } from './number-set';

/** Terms of a sum before it is cut short. */
const TERMS = 8;

/** (−1)^sign × 2^(exponent − bias) × (1 + fraction), in TeX. */
export function floatFormula(format: NumberFormat, code: number, { text }: NumberSet): string {
  const { sign, exponent, mantissa } = bitFields(format, code);
  const value = numberOf(format, code);
  const { bias, mantissaBits } = format;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '\\text{NaN}' : sign ? '-\\infty' : '\\infty';
  const fraction = `\\tfrac{${mantissa}}{${2 ** mantissaBits}}`;
  const [power, hidden] = exponent === 0 ? [`1-${bias}`, 0] : [`${exponent}-${bias}`, 1];
  return `(-1)^{${sign}} \\times 2^{${power}} \\times \\left(${hidden} + ${fraction}\\right) = ${texNumber(text(value))}`;
}

/** The weights of the bits that are 1, their sum, and for fixed point the whole number that is stored, in TeX. */
export function fixedFormula(format: FixedPoint, code: number): string {
  const set = fixedNumbers(format);
  const weights = fixedFields(format, code)
    .flatMap(({ bits }) => bits)
    .filter(({ position }) => isOn(code, position))
    .map(({ weight = { negative: false, exponent: 0 } }) => `${weight.negative ? '-' : ''}2^{${weight.exponent}}`);
  const shown = weights.length > TERMS ? [...weights.slice(0, TERMS / 2), '\\cdots', ...weights.slice(-1)] : weights;
  const value = texNumber(set.text(set.numberOf(code)));
  const stored = format.fractionBits > 0 ? `${set.rankOf(code)} \\times 2^{-${format.fractionBits}} = ` : '';
  return `${shown.length > 0 ? `${shown.join(' + ')} = ` : ''}${stored}${value}`;
}

/** TeX of a number as `exactText` writes it. */
function texNumber(text: string): string {
  const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return text
    .replaceAll(/\s/g, '')
    .replace('−', '-')
    .replace(/×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power: string) => {
      const exponent = Array.from(power, (c) => (c === '⁻' ? '-' : superscripts.indexOf(c))).join('');
      return ` \\times 10^{${exponent}}`;
    });
}

/** How many numbers there are, from where to where, and how they lie. */
export function lineSentence(numbers: NumberSet, scale: LineScale): string {
  const { lowest, highest, step, page } = numbers;
  const count = (highest - lowest + 1).toLocaleString('en-US');
  const range = `from ${numbers.text(numbers.valueOf(lowest))} to ${numbers.text(numbers.valueOf(highest))}`;
  const stride = drawnStride(numbers, scale);
  const drawn =
    stride !== undefined ? `; one in ${stride.toLocaleString('en-US')} is drawn` : highest > MOST_DRAWN ? '; powers of two are drawn' : '';
  return step === undefined
    ? `${count} finite numbers ${range}${drawn}. There are always ${page.toLocaleString('en-US')} between two powers of two; paler numbers are subnormal, evenly spaced around zero.`
    : `${count} numbers ${range}, evenly spaced${drawn}.`;
}

/** What one bit pattern less is good for. @param bits of an intN */
export function narrowSentence(bits: number): string {
  const { lowest, highest } = narrowRange(bits);
  const numbers = integerNumbers(bits);
  const least = numbers.valueOf(numbers.lowest);
  return `Weights often use the narrow range, ${exactText(lowest)} to ${exactText(highest)}: without ${exactText(least)}, ${numbers.label} is symmetric around zero, with ${(highest - lowest + 1).toLocaleString('en-US')} of its ${(2 ** bits).toLocaleString('en-US')} patterns.`;
}

export function neighbourSentence(numbers: NumberSet, rank: number): string {
  const { lowest, highest, step } = numbers;
  const value = numbers.valueOf(rank);
  const at = (r: number) =>
    r < lowest || r > highest ? (step === undefined ? 'nothing finite' : 'nothing') : numbers.text(numbers.valueOf(r));
  const gap = rank < highest ? numbers.valueOf(rank + 1) - value : value - numbers.valueOf(rank - 1);
  const share = value === 0 ? '' : `, ${significant((100 * gap) / Math.abs(value), 2)} % of it`;
  return `Below it ${at(rank - 1)}, above it ${at(rank + 1)}: ${exactText(gap)} apart${share}.`;
}

/** How far the number that was typed is from the one that is shown. */
export function typedSentence(typed: number, code: number, numbers: NumberSet): string {
  const value = numbers.numberOf(code);
  const error = value - typed;
  if (!Number.isFinite(error)) return `${exactText(typed)} is out of range.`;
  if (error === 0) return `${exactText(typed)} is a number of the format.`;
  const away = `${exactText(Number(Math.abs(error).toPrecision(4)))} away${typed === 0 ? '' : `, ${significant((100 * Math.abs(error)) / Math.abs(typed), 3)} %`}`;
  const beyond = typed > numbers.valueOf(numbers.highest) || typed < numbers.valueOf(numbers.lowest);
  return beyond && numbers.saturates && numbers.round(typed) === code
    ? `${exactText(typed)} is beyond the range and saturates: ${numbers.text(value)} is ${away}.`
    : `From ${exactText(typed)} it is ${away}.`;
}
