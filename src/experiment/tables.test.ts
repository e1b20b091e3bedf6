import { describe, expect, test } from 'vitest';
import { dataParameters } from './methods/data';
import { modelParameters } from './methods/models/registry';
import type { Parameter } from './settings/setting';
import { allParameters } from './settings/setting';
import { checkValue } from './settings/value';
import { stageDefinition, stageKinds } from './stages/registry';
import { seedParameter } from './types/experiment';

const tables: [string, readonly Parameter[]][] = [
  ['data', dataParameters],
  ['model', modelParameters],
  ['top level', [seedParameter]],
  ...stageKinds.map((kind): [string, readonly Parameter[]] => [kind, stageDefinition(kind).parameters]),
];

describe.each(tables)('the %s table', (_name, table) => {
  const all = allParameters(table);

  test('has one short key for each key, and one type', () => {
    const seen = new Map<string, Parameter>();
    for (const parameter of all) {
      const first = seen.get(parameter.key) ?? parameter;
      expect({ short: parameter.short, type: parameter.type }).toEqual({ short: first.short, type: first.type });
      seen.set(parameter.key, parameter);
    }
    const shorts = [...seen.values()].map((parameter) => parameter.short);
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
    for (const parameter of all) {
      expect(checkValue(parameter, parameter.default)).toEqual({ value: parameter.default, complaint: null });
      if (parameter.type === 'number') {
        expect(parameter.min).toBeLessThan(parameter.max);
        expect(parameter.step).toBeGreaterThan(0);
      }
      const ids =
        parameter.type === 'choice'
          ? parameter.options.map((o) => o.value)
          : parameter.type === 'method'
            ? parameter.methods.map((m) => m.id)
            : [];
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
    }
  });

  test('explains everything in sentences', () => {
    const methods = all.flatMap((parameter) => (parameter.type === 'method' ? parameter.methods : []));
    for (const { help, label } of [...all, ...methods]) {
      expect(help).toMatch(/^[A-Z0-9].*[.]$/);
      expect(label).not.toBe('');
    }
  });

  test('lets a parameter depend only on one that comes before it', () => {
    for (const [i, parameter] of table.entries()) {
      if (parameter.when) expect(table.slice(0, i).map((p) => p.key)).toContain(parameter.when.key);
    }
  });
});

test('kinds of stages do not collide with the other keys of a link', () => {
  for (const kind of stageKinds) {
    expect(['v', 'd', 'm', 'n', 'seed', 'backend', 'hide', 'lab', 'lesson', 'theme', 'present']).not.toContain(kind);
    expect(stageDefinition(kind).kind).toBe(kind);
  }
});
