/** The bits of one number in their fields. Pure. */
import { type FixedPoint, fixedPointBits } from '../../numerics/formats/fixed-point';
import { bitFields, type NumberFormat } from '../../numerics/formats/number-format';
import { powerOfTwo } from '../../numerics/rounding/rounding-grid';
import { exactText } from './exact-text';

export interface Bit {
  /** 0 is the last one of the pattern. */
  readonly position: number;
  /** "exponent bit 1". */
  readonly label: string;
  /** What the bit adds where it is 1: ±2^exponent. */
  readonly weight?: { readonly negative: boolean; readonly exponent: number };
}

export interface BitField {
  readonly name: string;
  readonly role: 'sign' | 'exponent' | 'mantissa';
  readonly bits: readonly Bit[];
  /** The field read by itself. */
  readonly value: number;
}

/** Sign, exponent and mantissa. */
export function floatFields(format: NumberFormat, code: number): readonly BitField[] {
  const { exponentBits, mantissaBits, bits } = format;
  const values = bitFields(format, code);
  const field = (name: 'sign' | 'exponent' | 'mantissa', from: number, count: number): BitField => ({
    name,
    role: name,
    bits: Array.from({ length: count }, (_, i) => ({ position: from - i, label: `${name} bit ${count - i}` })),
    value: values[name],
  });
  return [field('sign', bits - 1, 1), field('exponent', bits - 2, exponentBits), field('mantissa', mantissaBits - 1, mantissaBits)];
}

/** Two's complement: the bit that is subtracted, the others before the point, those after it. Their values add up to the number. */
export function fixedFields(format: FixedPoint, code: number): readonly BitField[] {
  const { integerBits, fractionBits } = format;
  const top = fixedPointBits(format) - 1;
  const field = (name: string, role: BitField['role'], from: number, count: number): BitField => {
    const bits = Array.from({ length: count }, (_, i) => {
      const position = from - i;
      const weight = { negative: position === top, exponent: position - fractionBits };
      return { position, weight, label: `${name} bit ${count - i}, weight ${weightText(weight)}` };
    });
    return { name, role, bits, value: sum(bits.filter(({ position }) => isOn(code, position)).map(({ weight }) => weightOf(weight))) };
  };
  return [
    field('sign', 'sign', top, 1),
    field('whole', 'exponent', top - 1, integerBits - 1),
    field('fraction', 'mantissa', fractionBits - 1, fractionBits),
  ].filter(({ bits }) => bits.length > 0);
}

export function isOn(code: number, position: number): boolean {
  return Math.floor(code / powerOfTwo(position)) % 2 === 1;
}

export function weightOf({ negative, exponent }: NonNullable<Bit['weight']>): number {
  return negative ? -powerOfTwo(exponent) : powerOfTwo(exponent);
}

/** "−8", "64"; "2^−10" where the figure is long. */
function weightText(weight: NonNullable<Bit['weight']>): string {
  return isShortWeight(weight) ? exactText(weightOf(weight)) : `${weight.negative ? '−' : ''}2^${exactText(weight.exponent)}`;
}

/** Whether a weight has room as a plain figure under its bit. */
export function isShortWeight({ exponent }: NonNullable<Bit['weight']>): boolean {
  return exponent >= 0 && exponent <= 7;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
