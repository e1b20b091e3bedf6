import { activeParameters, type Parameter, type ParameterValue, type Values } from './parameter';
import { nearestValue } from './value';

/** Blocks of values that a parameter table describes: filling them, and changing one of them. */

/** Every parameter of the table, those of methods that are not chosen too. The same key may come several times. */
export function allParameters(table: readonly Parameter[]): readonly Parameter[] {
  return table.flatMap((parameter) =>
    parameter.type === 'method' ? [parameter, ...parameter.methods.flatMap((method) => allParameters(method.parameters))] : [parameter],
  );
}

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
