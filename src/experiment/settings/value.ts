import type { ListParameter, NumberParameter, Parameter, ParameterValue } from './setting';
import { didYouMean, oneOf, plainNumber, shown } from './wording';

/** One value against its table entry: is it valid, what is the nearest valid one, and how to say so. */

// Written out rather than as schemas of the library that checks files: the first page would have to load that.
function isValid(parameter: Parameter, value: unknown): value is ParameterValue {
  switch (parameter.type) {
    case 'number':
      return isNumber(value, parameter, parameter.integer === true);
    case 'choice':
    case 'method':
      return typeof value === 'string' && optionNames(parameter).includes(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'list': {
      const { minLength, maxLength } = parameter;
      if (!Array.isArray(value) || value.length < minLength || value.length > maxLength) return false;
      return Array.from(value).every((entry) => isNumber(entry, parameter, true));
    }
  }
}

function isNumber(value: unknown, { min, max }: { min: number; max: number }, integer: boolean): value is number {
  return typeof value === 'number' && value >= min && value <= max && (integer ? Number.isInteger(value) : Number.isFinite(value));
}

/** A value that was looked at: `complaint` is null if it was valid, else half a sentence: "must be … , not …". */
export interface CheckedValue {
  readonly value: ParameterValue;
  readonly complaint: string | null;
}

/** The value if it is valid; else the nearest valid one, and what was wrong. */
export function checkValue(parameter: Parameter, value: unknown): CheckedValue {
  if (isValid(parameter, value)) return { value: Array.isArray(value) ? [...value] : withoutMinusZero(value), complaint: null };
  return { value: repaired(parameter, value), complaint: `must be ${allowed(parameter)}, not ${shown(value)}` };
}

/** The nearest valid value, without a word. */
export function nearestValue(parameter: Parameter, value: unknown): ParameterValue {
  return checkValue(parameter, value).value;
}

/** The whole sentence for a value that was not valid: "Bits must be a whole number from 2 to 8, not 40; 8 is used instead." */
export function complaintSentence(parameter: Parameter, given: unknown, checked: CheckedValue): string {
  const others = optionNames(parameter).filter((name) => name !== checked.value);
  const near = typeof given === 'string' ? didYouMean(given, others) : '';
  return `${parameter.label} ${checked.complaint}; ${valueText(checked.value)} is used instead.${near}`;
}

/** What the parameter accepts, in words: "a whole number from 2 to 8". */
function allowed(parameter: Parameter): string {
  switch (parameter.type) {
    case 'number':
      return `a ${parameter.integer ? 'whole ' : ''}number ${range(parameter)}`;
    case 'choice':
    case 'method':
      return oneOf(optionNames(parameter));
    case 'flag':
      return 'yes or no';
    case 'list': {
      const { minLength, maxLength } = parameter;
      return `a list of ${minLength} to ${maxLength} whole numbers ${range(parameter)}`;
    }
  }
}

/** The ids that a choice or method accepts; none for other parameters. */
function optionNames(parameter: Parameter): readonly string[] {
  if (parameter.type === 'choice') return parameter.options.map((option) => option.value);
  return parameter.type === 'method' ? parameter.methods.map((method) => method.id) : [];
}

/** A value as a person reads and types it: 2,000; yes; 300-100. */
export function valueText(value: ParameterValue): string {
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  return value.length ? value.join('-') : 'none';
}

function range({ min, max }: NumberParameter | ListParameter): string {
  return `from ${plainNumber(min)} to ${plainNumber(max)}`;
}

function repaired(parameter: Parameter, value: unknown): ParameterValue {
  switch (parameter.type) {
    case 'number':
      return nearestNumber(value, parameter, parameter.integer === true) ?? parameter.default;
    case 'list': {
      if (!Array.isArray(value)) return parameter.default;
      const entries = value.slice(0, parameter.maxLength).map((entry) => nearestNumber(entry, parameter, true));
      const numbers = entries.filter((entry) => entry !== undefined);
      return numbers.length === entries.length && numbers.length >= parameter.minLength ? numbers : parameter.default;
    }
    default:
      return parameter.default;
  }
}

/** Clamped, and rounded where whole numbers are asked for; undefined if it is no number at all. */
function nearestNumber(value: unknown, { min, max }: { min: number; max: number }, integer: boolean): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
  const clamped = Math.min(max, Math.max(min, number));
  return withoutMinusZero(integer ? Math.round(clamped) : clamped) as number;
}

/** −0 equals 0 but is not the same to everybody: a URL writes both as 0. */
function withoutMinusZero(value: ParameterValue): ParameterValue {
  return value === 0 ? 0 : value;
}

/** Values as they are written in a URL and in `--set`: numbers as they are, yes or no, 300-100. */

/** A value as text that `textToValue` reads back exactly. */
export function valueToText(value: ParameterValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  // "1e+21" would not survive a URL, where + is a space.
  if (typeof value === 'number') return String(value).replace('+', '');
  if (typeof value === 'string') return value;
  return value.length ? value.map(valueToText).join('-') : 'none';
}

/** The value that a text means for this parameter; the text itself if it means none, for validation to complain about. */
export function textToValue(parameter: Parameter, text: string): unknown {
  switch (parameter.type) {
    case 'number':
      return number(text) ?? text;
    case 'flag':
      return flag(text) ?? text;
    case 'list': {
      if (text === 'none') return [];
      const numbers = text.split('-').map(number);
      return numbers.includes(undefined) ? text : numbers;
    }
    default:
      return text;
  }
}

/** yes, true, on or 1; no, false, off or 0. */
export function flag(text: string): boolean | undefined {
  if (['yes', 'true', 'on', '1'].includes(text)) return true;
  return ['no', 'false', 'off', '0'].includes(text) ? false : undefined;
}

function number(text: string): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}
