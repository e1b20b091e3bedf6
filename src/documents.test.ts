import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { optimizers } from './experiment/methods/optimizers';
import { pruningCriteria } from './experiment/methods/pruning/registry';
import { unitCriteria } from './experiment/methods/pruning/unit-criteria';
import { activationQuantizers, gradientQuantizers, quantizers } from './experiment/methods/quantizers/registry';
import { schedules } from './experiment/methods/schedules';
import { structures } from './experiment/methods/structures/registry';
import { stageKinds } from './experiment/stages/registry';

const root = join(import.meta.dirname, '..');
const documents = ['README.md', ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];
/** Names of all source files, without their folders. */
const names = new Set(
  ['src', 'scripts', 'bench', 'e2e'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => basename(path)),
  ),
);
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

describe('docs/METHODS.md has a row for', () => {
  const firstCells = textOf('docs/METHODS.md')
    .split('\n')
    .flatMap((line) => (line.startsWith('| ') ? [line.split(' | ')[0] ?? ''] : []));
  // 'none' quantizes nothing.
  const ids = (kind: string, methods: readonly { readonly id: string }[]) =>
    methods.filter(({ id }) => id !== 'none').map(({ id }): [string, string] => [kind, id]);

  test.each([
    ...ids('weights', quantizers),
    ...ids('activations', activationQuantizers),
    ...ids('gradients', gradientQuantizers),
    ...ids('pruning', pruningCriteria),
    ...ids('units', unitCriteria),
    ...ids('structure', structures),
    ...ids('optimizer', optimizers),
    ...ids('schedule', schedules),
    ...stageKinds.map((kind): [string, string] => ['stage', kind]),
  ])('%s %s', (_kind, id) => {
    expect(firstCells.filter((cell) => cell.includes(`\`${id}\``))).not.toEqual([]);
  });
});

describe.each(documents)('%s', (document) => {
  // Extending names files that are yet to be written.
  test.skipIf(document.endsWith('EXTENDING.md'))('names only files that exist', () => {
    const named = [
      ...textOf(document).matchAll(/`([\w.-]+(?:\/[\w.-]+)*\.(?:tsx?|mjs)|(?:src|scripts|bench|e2e|docs|public)\/[\w./-]*\w)`/g),
    ];
    // Some documents write paths without src/, and a neighbour by its name alone.
    const isThere = (path: string) => [path, `src/${path}`].some((from) => existsSync(join(root, from))) || names.has(path);
    expect(named.map(([, path = '']) => path).filter((path) => !isThere(path))).toEqual([]);
  });

  test('links only to files that exist', () => {
    const linked = [...textOf(document).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path);
    const folder = join(root, document, '..');
    expect(linked.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
  });
});
