import { sameValue } from './block';
import { activeSettings, type Setting, type SettingValue, type Values } from './setting';
import { valueText } from './value';
import { inSentence } from './wording';

/** A value in words: "3", "LSQ", "yes", "300-100". */
export function settingText(setting: Setting, value: SettingValue): string {
  if (setting.type === 'choice') return setting.options.find((option) => option.value === value)?.label ?? valueText(value);
  if (setting.type === 'method') return setting.methods.find(({ id }) => id === value)?.label ?? valueText(value);
  return valueText(value);
}

/** The label of the method that brings a setting, where it is not the block's own method: two methods may both have bits. */
export function ownersOf(table: readonly Setting[], values: Values): ReadonlyMap<Setting, string> {
  const others = table.slice(1).flatMap((p) => (p.type === 'method' ? [p] : []));
  return new Map(
    others.flatMap((p) => {
      const method = p.methods.find(({ id }) => id === (values[p.key] ?? p.default));
      return activeSettings(method?.settings ?? [], values).map((own) => [own, p.label] as const);
    }),
  );
}

/** A chosen value, in words. */
export interface ChosenValue {
  /** "Steps"; "Activations: bits" for what a method brings that is not the block's own. */
  readonly label: string;
  readonly value: string;
  /** The default. */
  readonly normal: string;
}

/** The values of a block that are not at their default, in the order of its table. @param except keys that are shown elsewhere */
export function chosenValues(table: readonly Setting[], block: Values, except: readonly string[] = []): readonly ChosenValue[] {
  const owners = ownersOf(table, block);
  return activeSettings(table, block).flatMap((setting) => {
    const { key, label, default: normal } = setting;
    const value = block[key] ?? normal;
    if (except.includes(key) || sameValue(value, normal)) return [];
    const owner = owners.get(setting);
    return [
      {
        label: owner === undefined ? label : `${owner}: ${inSentence(label)}`,
        value: withUnit(setting, value),
        normal: withUnit(setting, normal),
      },
    ];
  });
}

function withUnit(setting: Setting, value: SettingValue): string {
  const text = settingText(setting, value);
  return setting.type === 'number' && setting.unit ? `${text} ${setting.unit}` : text;
}
