/** Parameter tables: the one description from which validation, the URL, the panel, help, `lab list` and sweep axes are made. */

export type ParameterValue = number | string | boolean | readonly number[];
export type Values = Readonly<Record<string, ParameterValue>>;

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
  /** The parameter exists only while another one of the same block has one of these values. */
  readonly when?: { readonly key: string; readonly is: readonly ParameterValue[] };
  /** TeX, shown beside the help. */
  readonly formula?: string;
  /** Paper and equation. */
  readonly source?: string;
}

export interface NumberParameter extends Common {
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

export interface ChoiceParameter extends Common {
  readonly type: 'choice';
  readonly default: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly help?: string }[];
}

export interface FlagParameter extends Common {
  readonly type: 'flag';
  readonly default: boolean;
}

/** A list of whole numbers, for example the widths of hidden layers. */
export interface ListParameter extends Common {
  readonly type: 'list';
  readonly default: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly minLength: number;
  readonly maxLength: number;
}

/** A choice among methods, each of which brings parameters of its own into the same block. */
export interface MethodParameter extends Common {
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
  readonly parameters: readonly Parameter[];
  /** Under which name it stands in the menu. */
  readonly group?: string;
  /** What it does with these values, for a stage's sentence: "4 bits, per channel, straight-through"; its label if absent. */
  readonly phrase?: (values: Values) => string;
  /** What its values mean for the training that follows, for the form: a figure that no single control shows; '' for none. */
  readonly note?: (values: Values, training: readonly Values[]) => string;
}

export type Parameter = NumberParameter | ChoiceParameter | FlagParameter | ListParameter | MethodParameter;

/**
 * The settings that a table describes, by its keys; a choice has the values of its options. For tables that are written
 * `as const satisfies readonly Parameter[]`. What a chosen method brings along is not in it.
 */
export type SettingsOf<Table extends readonly Parameter[]> = {
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

/** The parameters that exist for these values: methods unfolded, `when` applied, in table order. */
export function activeParameters(table: readonly Parameter[], values: Values): readonly Parameter[] {
  return table.flatMap((parameter) => {
    if (parameter.when) {
      const held = values[parameter.when.key] ?? defaultOf(table, parameter.when.key);
      if (!parameter.when.is.some((v) => v === held)) return [];
    }
    if (parameter.type !== 'method') return [parameter];
    const id = values[parameter.key] ?? parameter.default;
    const method = parameter.methods.find((m) => m.id === id);
    return [parameter, ...(method ? activeParameters(method.parameters, values) : [])];
  });
}

function defaultOf(table: readonly Parameter[], key: string): ParameterValue | undefined {
  return table.find((p) => p.key === key)?.default;
}

/** Every parameter of the table, those of methods that are not chosen too. The same key may come several times. */
export function allParameters(table: readonly Parameter[]): readonly Parameter[] {
  return table.flatMap((parameter) =>
    parameter.type === 'method' ? [parameter, ...parameter.methods.flatMap((method) => allParameters(method.parameters))] : [parameter],
  );
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
