import type { ListSetting, NumberSetting, Setting, SettingValue } from './setting';
import { didYouMean, oneOf, plainNumber, shown } from './wording';

/** One value against its table entry: is it valid, what is the nearest valid one, and how to say so. */

// Custom rather than as schemas of the library that checks files: the first page would have to load that.
function isValid(setting: Setting, value: unknown): value is SettingValue {
  switch (setting.type) {
    case 'number':
      return isNumber(value, setting, setting.integer === true);
    case 'choice':
    case 'method':
      return typeof value === 'string' && optionNames(setting).includes(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'list': {
      const { minLength, maxLength } = setting;
      if (!Array.isArray(value) || value.length < minLength || value.length > maxLength) return false;
      return Array.from(value).every((entry) => isNumber(entry, setting, true));
    }
  }
}

function isNumber(value: unknown, { min, max }: { min: number; max: number }, integer: boolean): value is number {
  return typeof value === 'number' && value >= min && value <= max && (integer ? Number.isInteger(value) : Number.isFinite(value));
}

/** A value that was looked at: `complaint` is null if it was valid, else half a sentence: "must be … , not …". */
export interface CheckedValue {
  readonly value: SettingValue;
  readonly complaint: string | null;
}

/** The value if it is valid; else the nearest valid one, and what was wrong. */
export function checkValue(setting: Setting, value: unknown): CheckedValue {
  if (isValid(setting, value)) return { value: Array.isArray(value) ? [...value] : withoutMinusZero(value), complaint: null };
  return { value: repaired(setting, value), complaint: `must be ${allowed(setting)}, not ${shown(value)}` };
}

/** The nearest valid value, without a report. */
export function nearestValue(setting: Setting, value: unknown): SettingValue {
  return checkValue(setting, value).value;
}

/** The whole sentence for a value that was not valid: "Bits must be a whole number from 2 to 8, not 40; 8 is used instead." */
export function complaintSentence(setting: Setting, given: unknown, checked: CheckedValue): string {
  const others = optionNames(setting).filter((name) => name !== checked.value);
  const near = typeof given === 'string' ? didYouMean(given, others) : '';
  return `${setting.label} ${checked.complaint}; ${valueText(checked.value)} is used instead.${near}`;
}

/** What the setting accepts, in words: "a whole number from 2 to 8". */
function allowed(setting: Setting): string {
  switch (setting.type) {
    case 'number':
      return `a ${setting.integer ? 'whole ' : ''}number ${range(setting)}`;
    case 'choice':
    case 'method':
      return oneOf(optionNames(setting));
    case 'flag':
      return 'yes or no';
    case 'list': {
      const { minLength, maxLength } = setting;
      return `a list of ${minLength} to ${maxLength} whole numbers ${range(setting)}`;
    }
  }
}

/** The ids that a choice or method accepts; none for other settings. */
function optionNames(setting: Setting): readonly string[] {
  if (setting.type === 'choice') return setting.options.map((option) => option.value);
  return setting.type === 'method' ? setting.methods.map((method) => method.id) : [];
}

/** A value as a person reads and types it: 2,000; yes; 300-100. */
export function valueText(value: SettingValue): string {
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  return value.length ? value.join('-') : 'none';
}

function range({ min, max }: NumberSetting | ListSetting): string {
  return `from ${plainNumber(min)} to ${plainNumber(max)}`;
}

function repaired(setting: Setting, value: unknown): SettingValue {
  switch (setting.type) {
    case 'number':
      return nearestNumber(value, setting, setting.integer === true) ?? setting.default;
    case 'list': {
      const given = typeof value === 'string' ? value.split('-') : value;
      if (!Array.isArray(given)) return setting.default;
      const entries = given.slice(0, setting.maxLength).map((entry) => nearestNumber(entry, setting, true));
      const numbers = entries.filter((entry) => entry !== undefined);
      return numbers.length === entries.length && numbers.length >= setting.minLength ? numbers : setting.default;
    }
    default:
      return setting.default;
  }
}

/** Clamped, and rounded where whole numbers are asked for; undefined if it is no number at all. */
function nearestNumber(value: unknown, { min, max }: { min: number; max: number }, integer: boolean): number | undefined {
  const number = typeof value === 'string' ? numberWithin(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
  const clamped = Math.min(max, Math.max(min, number));
  return withoutMinusZero(integer ? Math.round(clamped) : clamped) as number;
}

/** The number that a text is, or the first one in it: 3 for "3)"; undefined if there is none. */
function numberWithin(text: string): number | undefined {
  return number(text) ?? number(/[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(text)?.[0] ?? '');
}

/** −0 equals 0 but is not the same to everybody: a URL writes both as 0. */
function withoutMinusZero(value: SettingValue): SettingValue {
  return value === 0 ? 0 : value;
}

/** Values as they are written in a URL and in `--set`: numbers as they are, yes or no, 300-100. */

/** A value as text that `textToValue` reads back exactly. */
export function valueToText(value: SettingValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  // "1e+21" would not survive a URL, where + is a space.
  if (typeof value === 'number') return String(value).replace('+', '');
  if (typeof value === 'string') return value;
  return value.length ? value.map(valueToText).join('-') : 'none';
}

/** The value that a text means for this setting; the text itself if it means none, for validation to complain about. */
export function textToValue(setting: Setting, text: string): unknown {
  switch (setting.type) {
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
