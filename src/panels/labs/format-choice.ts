import { type BlockFormatId, blockFormats } from '../../numerics/formats/block-formats';
import { type FixedPoint, integerFormat } from '../../numerics/formats/fixed-point';
import { formats, type NumberFormat } from '../../numerics/formats/number-format';
import type { SelectOption } from '../../ui/select';
import { type BitField, fixedFields, floatFields } from './bit-fields';
import { fixedFormula, floatFormula } from './format-words';
import { fixedNumbers, floatNumbers, integerNumbers, type NumberSet } from './number-set';

/** What the explorer shows of a format whose numbers are independent. Pure. */

export interface ExploredFormat {
  readonly numbers: NumberSet;
  /** The bits of a pattern. */
  fields(code: number): readonly BitField[];
  /** How a pattern becomes its number, in TeX. */
  formula(code: number): string;
}

/** @param width of intN @param lengths of fixed point @returns undefined for formats with blocks */
export function exploredFormat(choice: FormatChoice, width: number, lengths: FixedPoint): ExploredFormat | undefined {
  switch (choice.kind) {
    case 'float': {
      const { format } = choice;
      const numbers = floatNumbers(format);
      return { numbers, fields: (code) => floatFields(format, code), formula: (code) => floatFormula(format, code, numbers) };
    }
    case 'integer':
      return fixed(integerFormat(width), integerNumbers(width));
    case 'fixed':
      return fixed(lengths, fixedNumbers(lengths));
    case 'blocks':
      return undefined;
  }
}

function fixed(format: FixedPoint, numbers: NumberSet): ExploredFormat {
  return { numbers, fields: (code) => fixedFields(format, code), formula: (code) => fixedFormula(format, code) };
}

/** The formats that the explorer shows, under one menu. Pure. */

export type FormatChoice =
  | { readonly kind: 'float'; readonly format: NumberFormat }
  | { readonly kind: 'integer' }
  | { readonly kind: 'fixed' }
  | { readonly kind: 'blocks'; readonly id: BlockFormatId };

const floats = Object.values(formats).map(({ id, label, exponentBits, mantissaBits }) => ({
  value: id,
  label,
  help: `1 sign, ${exponentBits} exponent and ${mantissaBits} mantissa bits.`,
  group: 'Floating point',
}));

const blocks = Object.entries(blockFormats).map(([value, { label, size }]) => ({
  value,
  label,
  help: `Blocks of ${size} share a scale of 8 bits.`,
  group: 'Blocks',
}));

export const formatOptions: readonly SelectOption[] = [
  ...floats,
  { value: 'int', label: 'intN', help: 'Whole numbers in two’s complement.', group: 'A fixed step' },
  { value: 'fixed', label: 'fixed point <IL, FL>', help: 'Integer and fractional bits, with a fixed point.', group: 'A fixed step' },
  ...blocks,
];

/** @param value of one of the options */
export function formatChoice(value: string): FormatChoice {
  if (value === 'int') return { kind: 'integer' };
  if (value === 'fixed') return { kind: 'fixed' };
  if (Object.hasOwn(blockFormats, value)) return { kind: 'blocks', id: value as BlockFormatId };
  return { kind: 'float', format: formats[value as NumberFormat['id']] };
}

export const intros: Readonly<Record<FormatChoice['kind'], string>> = {
  float:
    'A floating-point number is a sign, a power of two and a fraction. Exponent bits give range, mantissa bits give precision: press a bit, or drag along the line.',
  integer:
    'A whole number in two’s complement: the first bit is subtracted, the others are added. Quantizers multiply it by a scale; here the scale is 1. Press a bit, or drag along the line.',
  fixed:
    'A fixed-point number is a whole number of steps: IL bits before the point, including the sign, and FL bits after it. Press a bit, or drag along the line.',
  blocks:
    'Neighbouring numbers share one scale, so a few bits for each are enough. The largest number sets the scale: change a number and see what happens to the others.',
};
