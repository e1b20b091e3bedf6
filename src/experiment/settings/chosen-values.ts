import { sameValue } from './block';
import { activeParameters, type Parameter, type ParameterValue, type Values } from './setting';
import { valueText } from './value';
import { inSentence } from './wording';

/** A value in words: "3", "LSQ", "yes", "300-100". */
export function parameterText(parameter: Parameter, value: ParameterValue): string {
  if (parameter.type === 'choice') return parameter.options.find((option) => option.value === value)?.label ?? valueText(value);
  if (parameter.type === 'method') return parameter.methods.find(({ id }) => id === value)?.label ?? valueText(value);
  return valueText(value);
}

/** The label of the method that brings a parameter, where it is not the block's own method: two methods may both have bits. */
export function ownersOf(table: readonly Parameter[], values: Values): ReadonlyMap<Parameter, string> {
  const others = table.slice(1).flatMap((p) => (p.type === 'method' ? [p] : []));
  return new Map(
    others.flatMap((p) => {
      const method = p.methods.find(({ id }) => id === (values[p.key] ?? p.default));
      return activeParameters(method?.parameters ?? [], values).map((own) => [own, p.label] as const);
    }),
  );
}

/** A value that somebody chose, in words. */
export interface ChosenValue {
  /** "Steps"; "Activations: bits" for what a method brings that is not the block's own. */
  readonly label: string;
  readonly value: string;
  /** What it would be if nobody had chosen. */
  readonly normal: string;
}

/** The values of a block that are not at their default, in the order of its table. @param except keys that are told elsewhere */
export function chosenValues(table: readonly Parameter[], block: Values, except: readonly string[] = []): readonly ChosenValue[] {
  const owners = ownersOf(table, block);
  return activeParameters(table, block).flatMap((parameter) => {
    const { key, label, default: normal } = parameter;
    const value = block[key] ?? normal;
    if (except.includes(key) || sameValue(value, normal)) return [];
    const owner = owners.get(parameter);
    return [
      {
        label: owner === undefined ? label : `${owner}: ${inSentence(label)}`,
        value: withUnit(parameter, value),
        normal: withUnit(parameter, normal),
      },
    ];
  });
}

function withUnit(parameter: Parameter, value: ParameterValue): string {
  const text = parameterText(parameter, value);
  return parameter.type === 'number' && parameter.unit ? `${text} ${parameter.unit}` : text;
}
