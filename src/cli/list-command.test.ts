import { expect, test } from 'vitest';
import { models } from '../experiment/methods/models/registry';
import { presets } from '../experiment/program/presets';
import { catalogue, listCommand } from './list-command';

test('the JSON holds presets, models, stages and methods with their settings', () => {
  const list = JSON.parse(listCommand(true)) as ReturnType<typeof catalogue>;
  expect(list.presets.map((preset) => preset.id)).toEqual(presets.map((preset) => preset.id));
  expect(list.models.map((model) => model.id)).toEqual(models.map((model) => model.id));
  expect(list.stages.find((stage) => stage.kind === 'train')?.settings.some((setting) => setting.key === 'steps')).toBe(true);
  const ste = list.methods.find((method) => method.id === 'ste');
  expect(ste).toMatchObject({ stage: 'quantize', setting: 'method' });
  expect(ste?.settings.map((setting) => setting.key)).toContain('bits');
});

test('the text names everything that the JSON holds', () => {
  const text = listCommand(false);
  const { stages, methods } = catalogue();
  const names = [...presets.map((p) => p.id), ...models.map((m) => m.id), ...stages.map((s) => s.kind), ...methods.map((m) => m.id)];
  for (const name of names) expect(text).toMatch(new RegExp(`^ +${name} `, 'm'));
  expect(text).not.toContain('undefined');
});
