import { dataSettings } from '../experiment/methods/data';
import { models } from '../experiment/methods/models/registry';
import { presets } from '../experiment/program/presets';
import type { Method, Setting } from '../experiment/settings/setting';
import { valueToText } from '../experiment/settings/value';
import { stageDefinitions } from '../experiment/stages/registry';
import { sweepPresets } from '../experiment/sweep/presets';

/** Everything that an experiment can be made of, as text for a terminal or as JSON. */
export function listCommand(json: boolean): string {
  if (json) return `${JSON.stringify(catalogue(), null, 2)}\n`;
  const lines: string[] = ['Presets', ...presets.map(({ id, label, help }) => `  ${id.padEnd(20)} ${label}. ${help}`)];
  lines.push('', 'Sweeps', ...sweepPresets.map(({ id, label, help }) => `  ${id.padEnd(20)} ${label}. ${help}`));
  lines.push('', 'Data', ...settingLines(dataSettings, 2), '', 'Models');
  for (const model of models) lines.push(`  ${model.id.padEnd(20)} ${model.help}`, ...settingLines(model.settings, 4));
  lines.push('', 'Stages');
  for (const { kind, help, settings } of stageDefinitions) {
    lines.push(`  ${kind.padEnd(20)} ${help}`, ...settingLines(settings, 4));
  }
  return `${lines.join('\n')}\n`;
}

/** The tables themselves: what `--json` prints. */
export function catalogue() {
  const stages = stageDefinitions.map(({ kind, label, help, settings }) => ({ kind, label, help, settings }));
  const methods = stages.flatMap(({ kind, settings }) => methodsOf(settings).map((method) => ({ stage: kind, ...method })));
  return { presets, sweeps: sweepPresets, data: dataSettings, models: models.map(entry), stages, methods };
}

function methodsOf(settings: readonly Setting[]) {
  return settings.flatMap((p) => (p.type === 'method' ? p.methods.map((method) => ({ setting: p.key, ...entry(method) })) : []));
}

function entry({ id, label, help, formula, source, settings }: Method): Method {
  return { id, label, help, formula, source, settings };
}

function settingLines(settings: readonly Setting[], indent: number): string[] {
  const pad = ' '.repeat(indent);
  return settings.flatMap((setting) => {
    const line = `${pad}${setting.key.padEnd(14)} ${range(setting)}, default ${valueToText(setting.default)}. ${setting.help}`;
    if (setting.type !== 'method') return [line];
    const methods = setting.methods.flatMap((method) => [
      `${pad}  ${method.id.padEnd(12)} ${method.help}`,
      ...settingLines(method.settings, indent + 4),
    ]);
    return [line, ...methods];
  });
}

function range(setting: Setting): string {
  switch (setting.type) {
    case 'number':
      return `${setting.integer ? 'whole number' : 'number'} ${setting.min} to ${setting.max}${setting.unit ? ` ${setting.unit}` : ''}`;
    case 'choice':
      return setting.options.map((option) => option.value).join(' | ');
    case 'flag':
      return 'yes | no';
    case 'list':
      return `${setting.minLength} to ${setting.maxLength} whole numbers ${setting.min} to ${setting.max} joined by hyphens`;
    case 'method':
      return setting.methods.map((method) => method.id).join(' | ');
  }
}
