import { dataParameters } from '../experiment/methods/data';
import { models } from '../experiment/methods/models/registry';
import { presets } from '../experiment/program/presets';
import type { Method, Parameter } from '../experiment/settings/setting';
import { valueToText } from '../experiment/settings/value';
import { stageDefinitions } from '../experiment/stages/registry';
import { sweepPresets } from '../experiment/sweep/presets';

/** Everything that an experiment can be made of, as text for a terminal or as JSON. */
export function listCommand(json: boolean): string {
  if (json) return `${JSON.stringify(catalogue(), null, 2)}\n`;
  const lines: string[] = ['Presets', ...presets.map(({ id, label, help }) => `  ${id.padEnd(20)} ${label}. ${help}`)];
  lines.push('', 'Sweeps', ...sweepPresets.map(({ id, label, help }) => `  ${id.padEnd(20)} ${label}. ${help}`));
  lines.push('', 'Data', ...parameterLines(dataParameters, 2), '', 'Models');
  for (const model of models) lines.push(`  ${model.id.padEnd(20)} ${model.help}`, ...parameterLines(model.parameters, 4));
  lines.push('', 'Stages');
  for (const { kind, help, parameters } of stageDefinitions) {
    lines.push(`  ${kind.padEnd(20)} ${help}`, ...parameterLines(parameters, 4));
  }
  return `${lines.join('\n')}\n`;
}

/** The tables themselves: what `--json` prints. */
export function catalogue() {
  const stages = stageDefinitions.map(({ kind, label, help, parameters }) => ({ kind, label, help, parameters }));
  const methods = stages.flatMap(({ kind, parameters }) => methodsOf(parameters).map((method) => ({ stage: kind, ...method })));
  return { presets, sweeps: sweepPresets, data: dataParameters, models: models.map(entry), stages, methods };
}

function methodsOf(parameters: readonly Parameter[]) {
  return parameters.flatMap((p) => (p.type === 'method' ? p.methods.map((method) => ({ parameter: p.key, ...entry(method) })) : []));
}

function entry({ id, label, help, formula, source, parameters }: Method): Method {
  return { id, label, help, formula, source, parameters };
}

function parameterLines(parameters: readonly Parameter[], indent: number): string[] {
  const pad = ' '.repeat(indent);
  return parameters.flatMap((parameter) => {
    const line = `${pad}${parameter.key.padEnd(14)} ${range(parameter)}, default ${valueToText(parameter.default)}. ${parameter.help}`;
    if (parameter.type !== 'method') return [line];
    const methods = parameter.methods.flatMap((method) => [
      `${pad}  ${method.id.padEnd(12)} ${method.help}`,
      ...parameterLines(method.parameters, indent + 4),
    ]);
    return [line, ...methods];
  });
}

function range(parameter: Parameter): string {
  switch (parameter.type) {
    case 'number':
      return `${parameter.integer ? 'whole number' : 'number'} ${parameter.min} to ${parameter.max}${parameter.unit ? ` ${parameter.unit}` : ''}`;
    case 'choice':
      return parameter.options.map((option) => option.value).join(' | ');
    case 'flag':
      return 'true | false';
    case 'list':
      return `${parameter.minLength} to ${parameter.maxLength} whole numbers ${parameter.min} to ${parameter.max} joined by hyphens`;
    case 'method':
      return parameter.methods.map((method) => method.id).join(' | ');
  }
}
