import { activeParameters, allParameters, type Parameter, type ParameterValue, type Values } from './setting';
import { checkValue, complaintSentence, nearestValue } from './value';
import { didYouMean, inSentence, shown } from './wording';

/** Blocks of values that a parameter table describes: filling them, and changing one of them. */

/**
 * The block that the table makes of these values: exactly the parameters that exist, in table order.
 * `read` turns what was given for a parameter, if anything, into its value.
 */
export function fillBlock(
  table: readonly Parameter[],
  read: (parameter: Parameter) => ParameterValue,
): Readonly<Record<string, ParameterValue>> {
  const values: Record<string, ParameterValue> = {};
  // One at a time, because a method's own parameters exist only once the method is known.
  for (;;) {
    const next = activeParameters(table, values).find((parameter) => !Object.hasOwn(values, parameter.key));
    if (!next) break;
    values[next.key] = read(next);
  }
  return Object.fromEntries(activeParameters(table, values).map(({ key }) => [key, values[key] as ParameterValue]));
}

/** The table's defaults, with some values chosen. */
export function defaultBlock(table: readonly Parameter[], chosen: Values = {}): Readonly<Record<string, ParameterValue>> {
  return fillBlock(table, (parameter) => ownValue(chosen, parameter.key) ?? parameter.default);
}

/**
 * The block with one value changed to the nearest valid one. When a method changes, parameters that the old and the new method
 * share keep a person's value but not the old method's default: Adam's 0.0012 does not become the learning rate of SGD.
 */
export function changeValue(table: readonly Parameter[], block: Values, key: string, value: unknown): Values {
  const before = new Map(activeParameters(table, block).map((parameter) => [parameter.key, parameter]));
  return fillBlock(table, (parameter) => {
    if (parameter.key === key) return nearestValue(parameter, value);
    const held = ownValue(block, parameter.key);
    const old = before.get(parameter.key);
    if (held === undefined || old === undefined) return parameter.default;
    if (old !== parameter && sameValue(held, old.default)) return parameter.default;
    return nearestValue(parameter, held);
  });
}

/**
 * The block with one value changed and every other kept that still exists, at the nearest that is valid, defaults too: for a
 * comparison, in which nothing else shall differ.
 */
export function changeOnly(table: readonly Parameter[], block: Values, key: string, value: unknown): Values {
  return fillBlock(table, (parameter) => {
    const held = parameter.key === key ? value : ownValue(block, parameter.key);
    return held === undefined ? parameter.default : nearestValue(parameter, held);
  });
}

/** Equality of parameter values; lists by their numbers. */
export function sameValue(a: ParameterValue | undefined, b: ParameterValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((n, i) => n === b[i]);
  return a === b;
}

/** Equality of blocks, whatever the order of their keys. */
export function sameBlock(a: Values, b: Values): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]));
}

/** A value that the object itself has: nothing that a prototype might answer with. */
export function ownValue<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

/** Told about everything that was not valid: the field ("bits", or '' for the whole block) and one sentence. */
export type Report = (field: string, message: string) => void;

/** An object with keys of its own; arrays and null are none. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The nearest valid block to what was given: missing values get their default, wrong ones the nearest valid one, others are left
 * out; everything but the missing is reported. `envelope` names keys that are read elsewhere.
 */
export function parseBlock(
  table: readonly Parameter[],
  given: Readonly<Record<string, unknown>>,
  envelope: readonly string[],
  report: Report,
): Readonly<Record<string, ParameterValue>> {
  const block = fillBlock(table, (parameter) => {
    const value = ownValue(given, parameter.key);
    if (value === undefined) return parameter.default;
    const checked = checkValue(parameter, value);
    if (checked.complaint !== null) report(inSentence(parameter.label), complaintSentence(parameter, value, checked));
    return checked.value;
  });
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(block, key) && !envelope.includes(key)) reportStranger(table, key, Object.keys(block), report);
  }
  return block;
}

function reportStranger(table: readonly Parameter[], key: string, present: readonly string[], report: Report): void {
  const known = allParameters(table).find((parameter) => parameter.key === key);
  if (known) {
    const owners = methodsWith(table, key);
    report(inSentence(known.label), `${known.label} belongs to ${owners.join(' and ')}, which is not chosen here; it is left out.`);
  } else {
    report(key.slice(0, 40), `${shown(key)} is not known here; it is left out.${didYouMean(key, present)}`);
  }
}

/** Labels of the methods that bring this parameter. */
function methodsWith(table: readonly Parameter[], key: string): readonly string[] {
  return table.flatMap((parameter) =>
    parameter.type === 'method'
      ? parameter.methods.filter((method) => allParameters(method.parameters).some((p) => p.key === key)).map((method) => method.label)
      : [],
  );
}
