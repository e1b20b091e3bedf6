/** Setting tables: the one description from which validation, the URL, the panel, help, `lab list` and sweep axes are made. */

export type SettingValue = number | string | boolean | readonly number[];
export type Values = Readonly<Record<string, SettingValue>>;

interface Common {
  /** Key in the experiment's JSON and in `--set`. */
  readonly key: string;
  /** Key in the URL: short, readable, never reused for another meaning. */
  readonly short: string;
  readonly label: string;
  /** One or two plain sentences, shown beside the control and by `lab list`. */
  readonly help: string;
  /** Folded under "more" in the panel. */
  readonly advanced?: boolean;
  /** The setting exists only while another one of the same block has one of these values. */
  readonly when?: { readonly key: string; readonly is: readonly SettingValue[] };
  /** TeX, shown beside the help. */
  readonly formula?: string;
  /** Paper and equation. */
  readonly source?: string;
}

export interface NumberSetting extends Common {
  readonly type: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Grid of the control; validation accepts any number in range (any integer if `integer`). */
  readonly step: number;
  readonly integer?: boolean;
  readonly scale?: 'linear' | 'log';
  readonly unit?: string;
  /** `slider` where the range is small and known (bits), `field` where an exact figure is typed (steps). */
  readonly control?: 'slider' | 'field';
}

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  readonly help?: string;
  /** The label in a form that holds these values: "−7 … 7 (narrow)" for 4 bits. */
  readonly labelFor?: (values: Values) => string;
}

export interface ChoiceSetting extends Common {
  readonly type: 'choice';
  readonly default: string;
  readonly options: readonly ChoiceOption[];
}

export interface FlagSetting extends Common {
  readonly type: 'flag';
  readonly default: boolean;
}

/** A list of whole numbers, for example the widths of hidden layers. */
export interface ListSetting extends Common {
  readonly type: 'list';
  readonly default: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly minLength: number;
  readonly maxLength: number;
}

/** A choice among methods, each of which brings settings of its own into the same block. */
export interface MethodSetting extends Common {
  readonly type: 'method';
  readonly default: string;
  readonly methods: readonly Method[];
}

export interface Method {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly formula?: string;
  readonly source?: string;
  readonly settings: readonly Setting[];
  /** Its group in the menu. */
  readonly group?: string;
  /** What it does with these values, for a stage's sentence: "4 bits, per channel, STE"; its label if absent. */
  readonly phrase?: (values: Values) => string;
  /** What its values mean for the training that follows, for the form: a figure that no single control shows; '' for none. */
  readonly note?: (values: Values, training: readonly Values[]) => string;
}

export type Setting = NumberSetting | ChoiceSetting | FlagSetting | ListSetting | MethodSetting;

/**
 * The settings that a table describes, by its keys; a choice has the values of its options. For tables that are written
 * `as const satisfies readonly Setting[]`. What a chosen method brings along is not in it.
 */
export type SettingsOf<Table extends readonly Setting[]> = {
  readonly [Entry in Table[number] as Entry['key']]: Entry extends { readonly type: 'number' }
    ? number
    : Entry extends { readonly type: 'flag' }
      ? boolean
      : Entry extends { readonly type: 'choice'; readonly options: readonly { readonly value: infer Value }[] }
        ? Value
        : Entry extends { readonly type: 'list' }
          ? readonly number[]
          : string;
};

/** The settings that exist for these values: methods unfolded, `when` applied, in table order. */
export function activeSettings(table: readonly Setting[], values: Values): readonly Setting[] {
  return table.flatMap((setting) => {
    if (setting.when) {
      const held = values[setting.when.key] ?? defaultOf(table, setting.when.key);
      if (!setting.when.is.some((v) => v === held)) return [];
    }
    if (setting.type !== 'method') return [setting];
    const id = values[setting.key] ?? setting.default;
    const method = setting.methods.find((m) => m.id === id);
    return [setting, ...(method ? activeSettings(method.settings, values) : [])];
  });
}

function defaultOf(table: readonly Setting[], key: string): SettingValue | undefined {
  return table.find((p) => p.key === key)?.default;
}

/** Every setting of the table, those of methods that are not chosen too. The same key may come several times. */
export function allSettings(table: readonly Setting[]): readonly Setting[] {
  return table.flatMap((setting) =>
    setting.type === 'method' ? [setting, ...setting.methods.flatMap((method) => allSettings(method.settings))] : [setting],
  );
}

const indexes = new WeakMap<readonly Setting[], ReadonlyMap<string, Setting>>();

/** The table's setting of this short or full key, of whatever method. */
export function settingByName(table: readonly Setting[], name: string): Setting | undefined {
  let index = indexes.get(table);
  if (!index) {
    const all = allSettings(table);
    index = new Map([...all.map((p) => [p.key, p] as const), ...all.map((p) => [p.short, p] as const)]);
    indexes.set(table, index);
  }
  return index.get(name);
}
