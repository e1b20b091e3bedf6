import { dataSettings } from '../methods/data';
import { modelSettings } from '../methods/models/registry';
import { activeSettings, type Setting, type Values } from '../settings/setting';
import { valueToText } from '../settings/value';
import { stageDefinition } from '../stages/registry';
import type { Experiment, Stage } from '../types/experiment';
import { seedSetting } from '../types/experiment';

/** A value of an experiment that may be an axis. */
export interface AxisChoice {
  /** As in `--set`. */
  readonly path: string;
  readonly label: string;
  /** The block that it belongs to: "Stage 2, quantize". */
  readonly group: string;
  readonly setting: Setting;
  /** Values to begin with, as the text of an axis. */
  readonly values: string;
}

/** Every value of the experiment that may be an axis: the seed first, then what is switched on. Pure. */
export function axisChoices(experiment: Experiment): readonly AxisChoice[] {
  const { stages, data, model } = experiment;
  const own = (kind: string) => stages.filter((stage) => stage.kind === kind).length === 1;
  return [
    { path: 'seed', label: 'Seed', group: 'Experiment', setting: seedSetting, values: '1,2,3' },
    ...stages.flatMap((stage, i) =>
      choicesOf(settingsAt(stages, i), stage, own(stage.kind) ? stage.kind : String(i + 1), `Stage ${i + 1}, ${stage.kind}`),
    ),
    ...choicesOf(modelSettings, model, 'model', 'Model'),
    ...choicesOf(
      dataSettings.filter(({ key }) => key !== 'dataset'),
      data,
      'data',
      'Data',
    ),
  ];
}

/** The settings of a stage; a repeat encloses no more stages than come after it. */
function settingsAt(stages: readonly Stage[], index: number): readonly Setting[] {
  const { settings, repeats } = stageDefinition(stages[index]?.kind ?? '');
  const after = stages.length - 1 - index;
  return repeats ? settings.map((own) => (own.key === 'of' && own.type === 'number' ? { ...own, max: after } : own)) : settings;
}

function choicesOf(table: readonly Setting[], block: Values, prefix: string, group: string): readonly AxisChoice[] {
  return activeSettings(table, block)
    .filter(({ type }) => type !== 'list')
    .map((setting) => ({
      path: `${prefix}.${setting.key}`,
      label: setting.label,
      group,
      setting,
      values: firstValues(setting, block[setting.key] ?? setting.default),
    }));
}

/** What a setting may be, where that can be listed: value and name. */
export function optionsOf(setting: Setting): readonly { readonly value: string; readonly label: string }[] {
  switch (setting.type) {
    case 'choice':
      return setting.options;
    case 'method':
      return setting.methods.map(({ id, label }) => ({ value: id, label }));
    case 'flag':
      return [
        { value: 'no', label: 'no' },
        { value: 'yes', label: 'yes' },
      ];
    default:
      return [];
  }
}

function firstValues(setting: Setting, value: Values[string]): string {
  if (setting.type === 'number') return numbers(setting, Number(value));
  const options = optionsOf(setting).map((option) => option.value);
  const held = valueToText(value);
  return [held, ...options.filter((option) => option !== held)].slice(0, 2).join(',');
}

function numbers({ min, max, step, integer, scale }: Extract<Setting, { type: 'number' }>, value: number): string {
  if (integer && max - min <= 20) return `${Math.max(min, Math.min(2, max))}..${Math.min(max, 8)}`;
  if (value === 0) return [0, step, 2 * step].filter((n) => n >= min && n <= max).join(',');
  const factors = scale === 'log' && !integer ? [0.1, 1, 10] : [0.5, 1, 2];
  const found = factors.map((factor) => Number((integer ? Math.round(value * factor) : value * factor).toPrecision(6)));
  return [...new Set(found.filter((n) => n >= min && n <= max))].join(',');
}
