import { activeSettings, allSettings, type Setting, type SettingValue, type Values } from './setting';
import { checkValue, complaintSentence, nearestValue } from './value';
import { didYouMean, inSentence, shown } from './wording';

/** Blocks of values that a setting table describes: filling them, and changing one of them. */

/**
 * The block that the table makes of these values: exactly the settings that exist, in table order.
 * `read` turns what was given for a setting, if anything, into its value.
 */
export function fillBlock(table: readonly Setting[], read: (setting: Setting) => SettingValue): Readonly<Record<string, SettingValue>> {
  const values: Record<string, SettingValue> = {};
  // One at a time, because a method's own settings exist only once the method is known.
  for (;;) {
    const next = activeSettings(table, values).find((setting) => !Object.hasOwn(values, setting.key));
    if (!next) break;
    values[next.key] = read(next);
  }
  return Object.fromEntries(activeSettings(table, values).map(({ key }) => [key, values[key] as SettingValue]));
}

/** The table's defaults, with some values chosen. */
export function defaultBlock(table: readonly Setting[], chosen: Values = {}): Readonly<Record<string, SettingValue>> {
  return fillBlock(table, (setting) => ownValue(chosen, setting.key) ?? setting.default);
}

/**
 * The block with one value changed to the nearest valid one. When a method changes, settings that the old and the new method
 * share keep a person's value but not the old method's default: Adam's 0.0012 does not become the learning rate of SGD.
 */
export function changeValue(table: readonly Setting[], block: Values, key: string, value: unknown): Values {
  const before = new Map(activeSettings(table, block).map((setting) => [setting.key, setting]));
  return fillBlock(table, (setting) => {
    if (setting.key === key) return nearestValue(setting, value);
    const held = ownValue(block, setting.key);
    const old = before.get(setting.key);
    if (held === undefined || old === undefined) return setting.default;
    if (old !== setting && sameValue(held, old.default)) return setting.default;
    return nearestValue(setting, held);
  });
}

/**
 * The block with one value changed and every other that still exists at the nearest valid value, defaults too: for a
 * comparison, in which nothing else shall differ.
 */
export function changeOnly(table: readonly Setting[], block: Values, key: string, value: unknown): Values {
  return fillBlock(table, (setting) => {
    const held = setting.key === key ? value : ownValue(block, setting.key);
    return held === undefined ? setting.default : nearestValue(setting, held);
  });
}

/** Equality of setting values; lists by their numbers. */
export function sameValue(a: SettingValue | undefined, b: SettingValue | undefined): boolean {
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

/** Receives everything that was not valid: the field ("bits", or '' for the whole block) and one sentence. */
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
  table: readonly Setting[],
  given: Readonly<Record<string, unknown>>,
  envelope: readonly string[],
  report: Report,
): Readonly<Record<string, SettingValue>> {
  const block = fillBlock(table, (setting) => {
    const value = ownValue(given, setting.key);
    if (value === undefined) return setting.default;
    const checked = checkValue(setting, value);
    if (checked.complaint !== null) report(inSentence(setting.label), complaintSentence(setting, value, checked));
    return checked.value;
  });
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(block, key) && !envelope.includes(key)) reportStranger(table, key, Object.keys(block), report);
  }
  return block;
}

function reportStranger(table: readonly Setting[], key: string, present: readonly string[], report: Report): void {
  const known = allSettings(table).find((setting) => setting.key === key);
  if (known) {
    const owners = methodsWith(table, key);
    report(inSentence(known.label), `${known.label} belongs to ${owners.join(' and ')}, which is not selected; it is ignored.`);
  } else {
    report(key.slice(0, 40), `${shown(key)} is unknown; it is ignored.${didYouMean(key, present)}`);
  }
}

/** Labels of the methods that bring this setting. */
function methodsWith(table: readonly Setting[], key: string): readonly string[] {
  return table.flatMap((setting) =>
    setting.type === 'method'
      ? setting.methods.filter((method) => allSettings(method.settings).some((p) => p.key === key)).map((method) => method.label)
      : [],
  );
}
