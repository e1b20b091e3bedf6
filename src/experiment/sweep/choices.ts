import { dataParameters } from '../methods/data';
import { modelParameters } from '../methods/models/registry';
import { activeParameters, type Parameter, type Values } from '../settings/setting';
import { valueToText } from '../settings/value';
import { stageDefinition } from '../stages/registry';
import type { Experiment } from '../types/experiment';
import { seedParameter } from '../types/experiment';

/** A value of an experiment that may be an axis. */
export interface AxisChoice {
  /** As in `--set`. */
  readonly path: string;
  readonly label: string;
  /** The block that it belongs to: "Stage 2, quantize". */
  readonly group: string;
  readonly parameter: Parameter;
  /** Values to begin with, as the text of an axis. */
  readonly values: string;
}

/** Every value of the experiment that may be an axis: the seed first, then what is switched on. Pure. */
export function axisChoices(experiment: Experiment): readonly AxisChoice[] {
  const { stages, data, model } = experiment;
  const own = (kind: string) => stages.filter((stage) => stage.kind === kind).length === 1;
  return [
    { path: 'seed', label: 'Seed', group: 'Experiment', parameter: seedParameter, values: '1,2,3' },
    ...stages.flatMap((stage, i) =>
      choicesOf(
        stageDefinition(stage.kind).parameters,
        stage,
        own(stage.kind) ? stage.kind : String(i + 1),
        `Stage ${i + 1}, ${stage.kind}`,
      ),
    ),
    ...choicesOf(modelParameters, model, 'model', 'Model'),
    ...choicesOf(
      dataParameters.filter(({ key }) => key !== 'dataset'),
      data,
      'data',
      'Data',
    ),
  ];
}

function choicesOf(table: readonly Parameter[], block: Values, prefix: string, group: string): readonly AxisChoice[] {
  return activeParameters(table, block)
    .filter(({ type }) => type !== 'list')
    .map((parameter) => ({
      path: `${prefix}.${parameter.key}`,
      label: parameter.label,
      group,
      parameter,
      values: firstValues(parameter, block[parameter.key] ?? parameter.default),
    }));
}

/** What a parameter may be, where that can be listed: value and name. */
export function optionsOf(parameter: Parameter): readonly { readonly value: string; readonly label: string }[] {
  switch (parameter.type) {
    case 'choice':
      return parameter.options;
    case 'method':
      return parameter.methods.map(({ id, label }) => ({ value: id, label }));
    case 'flag':
      return [
        { value: 'no', label: 'no' },
        { value: 'yes', label: 'yes' },
      ];
    default:
      return [];
  }
}

function firstValues(parameter: Parameter, value: Values[string]): string {
  if (parameter.type === 'number') return numbers(parameter, Number(value));
  const options = optionsOf(parameter).map((option) => option.value);
  const held = valueToText(value);
  return [held, ...options.filter((option) => option !== held)].slice(0, 2).join(',');
}

function numbers({ min, max, step, integer, scale }: Extract<Parameter, { type: 'number' }>, value: number): string {
  if (integer && max - min <= 20) return `${Math.max(min, Math.min(2, max))}..${Math.min(max, 8)}`;
  if (value === 0) return [0, step, 2 * step].filter((n) => n >= min && n <= max).join(',');
  const factors = scale === 'log' && !integer ? [0.1, 1, 10] : [0.5, 1, 2];
  const found = factors.map((factor) => Number((integer ? Math.round(value * factor) : value * factor).toPrecision(6)));
  return [...new Set(found.filter((n) => n >= min && n <= max))].join(',');
}
