/** What the explorer shows of a format whose numbers stand alone. Pure. */
import { type FixedPoint, integerFormat } from '../../numerics/fixed-point';
import { type BitField, fixedFields, floatFields } from './bit-fields';
import type { FormatChoice } from './format-choice';
import { fixedFormula, floatFormula } from './format-words';
import { fixedNumbers, floatNumbers, integerNumbers, type NumberSet } from './number-set';

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
