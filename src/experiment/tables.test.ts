import { describe, expect, test } from 'vitest';
import { dataSettings } from './methods/data';
import { modelSettings } from './methods/models/registry';
import type { Setting } from './settings/setting';
import { allSettings } from './settings/setting';
import { checkValue } from './settings/value';
import { stageDefinition, stageKinds } from './stages/registry';
import { seedSetting } from './types/experiment';

const tables: [string, readonly Setting[]][] = [
  ['data', dataSettings],
  ['model', modelSettings],
  ['top level', [seedSetting]],
  ...stageKinds.map((kind): [string, readonly Setting[]] => [kind, stageDefinition(kind).settings]),
];

describe.each(tables)('the %s table', (_name, table) => {
  const all = allSettings(table);

  test('has one short key for each key, and one type', () => {
    const seen = new Map<string, Setting>();
    for (const setting of all) {
      const first = seen.get(setting.key) ?? setting;
      expect({ short: setting.short, type: setting.type }).toEqual({ short: first.short, type: first.type });
      seen.set(setting.key, setting);
    }
    const shorts = [...seen.values()].map((setting) => setting.short);
    expect(new Set(shorts).size).toBe(shorts.length);
  });

  test('has no short key that is the full key of another parameter', () => {
    for (const { key, short } of all) expect(all.filter((other) => other.key === short && other.key !== key)).toEqual([]);
  });

  test('has keys that need no escape in a URL', () => {
    for (const { key, short } of all) {
      expect(key).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(short).toMatch(/^[a-z][a-z0-9]*$/);
      expect(['on', 'off', 'kind', 'checksum']).not.toContain(key);
    }
  });

  test('has valid defaults, ordered limits and options with ids that need no escape', () => {
    for (const setting of all) {
      expect(checkValue(setting, setting.default)).toEqual({ value: setting.default, complaint: null });
      if (setting.type === 'number') {
        expect(setting.min).toBeLessThan(setting.max);
        expect(setting.step).toBeGreaterThan(0);
      }
      const ids =
        setting.type === 'choice' ? setting.options.map((o) => o.value) : setting.type === 'method' ? setting.methods.map((m) => m.id) : [];
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
    }
  });

  test('explains everything in sentences', () => {
    const methods = all.flatMap((setting) => (setting.type === 'method' ? setting.methods : []));
    for (const { help, label } of [...all, ...methods]) {
      expect(help).toMatch(/^[A-Z0-9].*[.]$/);
      expect(label).not.toBe('');
    }
  });

  test('lets a parameter depend only on one that comes before it', () => {
    for (const [i, setting] of table.entries()) {
      if (setting.when) expect(table.slice(0, i).map((p) => p.key)).toContain(setting.when.key);
    }
  });
});

test('kinds of stages do not collide with the other keys of a link', () => {
  for (const kind of stageKinds) {
    expect(['v', 'd', 'm', 'n', 'seed', 'backend', 'hide', 'lab', 'lesson', 'theme', 'present']).not.toContain(kind);
    expect(stageDefinition(kind).kind).toBe(kind);
  }
});
