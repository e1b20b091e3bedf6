import { allParameters } from './block';
import type { Parameter, ParameterValue } from './parameter';

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

const indexes = new WeakMap<readonly Parameter[], ReadonlyMap<string, Parameter>>();

/** The table's parameter of this short or full key, of whatever method. */
export function parameterByName(table: readonly Parameter[], name: string): Parameter | undefined {
  let index = indexes.get(table);
  if (!index) {
    const all = allParameters(table);
    index = new Map([...all.map((p) => [p.key, p] as const), ...all.map((p) => [p.short, p] as const)]);
    indexes.set(table, index);
  }
  return index.get(name);
}
