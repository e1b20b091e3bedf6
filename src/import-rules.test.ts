import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  dependencyProblems,
  fileProblems,
  importCycles,
  importProblems,
  importsOf,
  isCode,
  kindProblems,
  looseProblems,
  resolveImport,
  type SourceFile,
  withoutComments,
} from '../scripts/source-rules';
import { typeProblems } from '../scripts/type-rules';
import { stageKinds } from './experiment/stages/registry';

const root = import.meta.dirname;
const files: SourceFile[] = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));

// This file and the rules themselves have to name what they forbid.
const judged = files.filter((file) => file.path !== 'import-rules.test.ts');

describe('the source tree', () => {
  test('has files in the folders that the table names', () => {
    expect(judged.filter((file) => isCode(file.path)).length).toBeGreaterThan(5);
  });

  test('imports along the table only', () => {
    expect(importProblems(judged)).toEqual([]);
  });

  test('imports the dependencies in package.json, all of them and no others', () => {
    const wanted = JSON.parse(readFileSync(join(root, '..', 'package.json'), 'utf8'));
    expect(dependencyProblems(judged, wanted)).toEqual([]);
  });

  test('has few files beside the rooms of a large folder', () => {
    expect(looseProblems(judged)).toEqual([]);
  });

  test('has no import cycle', () => {
    expect(importCycles(judged)).toEqual([]);
  });

  test('has no file that breaks a rule by itself', () => {
    expect(judged.flatMap(fileProblems)).toEqual([]);
  });

  test('sets no text below 12 px', () => {
    const tokens = files.find((file) => file.path === 'ui/tokens.css')?.text ?? '';
    expect(judged.flatMap((file) => typeProblems(file, tokens))).toEqual([]);
    expect([...tokens.matchAll(/--text-\d+: ([\d.]+)rem/g)].map(([, rem]) => Number(rem) * 16)).toEqual([12, 14, 16, 20, 30]);
  });
});

describe('type', () => {
  const canvasFont = (size: number) => ['ctx.font = `600 $', `{${size} * ratio}px Inter`, '`;'].join('');

  test.each([
    ['charts/a.css', '.a { font-size: 11px; }', 1],
    ['charts/a.css', '.a { font: 400 0.7rem/1 serif; }', 1],
    ['charts/a.css', '.a { font-size: 0.8em; }', 1],
    ['charts/a.css', '.a { font-size: var(--text-11); }', 1],
    ['charts/a.ts', 'const tick = { fontSize: 11 };', 1],
    ['charts/a.ts', 'const font = `11px Inter`;', 1],
    ['charts/a.ts', canvasFont(10), 1],
    ['charts/a.css', '.a { font-size: var(--text-12); width: 11px; } /* font-size: 9px */', 0],
    ['charts/a.css', '.a { font-size: 1em; } .b { font: inherit; }', 0],
    ['charts/a.ts', `${canvasFont(12)} const size = { fontSize: 12 };`, 0],
  ])('%s: %s', (path, text, problems) => {
    expect(typeProblems({ path, text }, '--text-12: 0.75rem;')).toHaveLength(problems);
  });
});

describe('stages', () => {
  test('are asked what they are, not what they are called', () => {
    expect(judged.flatMap((source) => kindProblems(source, stageKinds))).toEqual([]);
  });

  test.each([
    ["if (stage.kind === 'train') x;", 1],
    ["const first = stages.find(({ kind, on }) => on && kind !== 'quantize');", 1],
    ["x = 'prune' === stage?.kind;", 1],
    ["switch (kind) {\n  case 'repeat':\n    x;\n}", 1],
    ["// kind === 'train'\nx = part.kind === 'codes';", 0],
    ["x = { kind: 'train' };", 0],
  ])('%s', (text, count) => {
    expect(kindProblems({ path: 'panels/a/b.ts', text }, stageKinds)).toHaveLength(count);
    for (const path of ['experiment/stages/b.ts', 'engine/stages/b.ts', 'panels/a/b.test.ts'])
      expect(kindProblems({ path, text }, stageKinds)).toEqual([]);
  });
});

describe('the rules', () => {
  test('read every kind of import', () => {
    const text = [
      "import { a } from './a';",
      "import type { B } from '../b';",
      'import {',
      '  c,',
      "} from './c';",
      "import './d.css';",
      "export { e } from './e';",
      "const f = await import('./f');",
      "// import { g } from './g';",
      "/* import { h } from './h'; */",
      "const url = 'https://example.org'; // kept",
    ].join('\n');
    expect(importsOf(text).map((i) => `${i.specifier}${i.typeOnly ? ' type' : ''}${i.reExport ? ' re-export' : ''}`)).toEqual([
      './a',
      '../b type',
      './c',
      './e re-export',
      './d.css',
      './f',
    ]);
    expect(withoutComments(text)).toContain("'https://example.org'");
  });

  test('resolve relative imports', () => {
    const paths = new Set(['numerics/rng.ts', 'app/lab.tsx', 'app/lab.css']);
    expect(resolveImport('engine/run.ts', '../numerics/rng', paths)).toBe('numerics/rng.ts');
    expect(resolveImport('app/main.tsx', './lab', paths)).toBe('app/lab.tsx');
    expect(resolveImport('app/main.tsx', './lab.css?inline', paths)).toBe('app/lab.css');
    expect(resolveImport('app/main.tsx', './other', paths)).toBeNull();
  });

  const file = (path: string, text = '') => ({ path, text });

  test.each([
    ['numerics/a.ts', "import { x } from '../experiment/b';"],
    ['worker/client.ts', "import { x } from '../experiment/b';"],
    ['state/a.ts', "import { x } from '../worker/protocol';"],
    ['app/a.tsx', "import { x } from '../engine/run';"],
    ['app/a.tsx', "const host = import('../worker/host');"],
    ['panels/train/a.tsx', "import { x } from '../quantize/b';"],
    ['numerics/a.ts', "import { add } from '@tensorflow/tfjs-core';"],
    ['worker/host.ts', "import '@tensorflow/tfjs-core';"],
    ['engine/a.ts', "import { useState } from 'react';"],
    ['datasets/a.ts', "import { readFile } from 'node:fs';"],
    ['engine/a.ts', "import { x } from './missing';"],
  ])('forbid %s: %s', (path, text) => {
    const others = ['experiment/b.ts', 'engine/run.ts', 'worker/host.ts', 'worker/protocol.ts', 'panels/quantize/b.tsx'];
    const tree = [file(path, text), ...others.filter((other) => other !== path).map((other) => file(other))];
    expect(importProblems(tree)).toHaveLength(1);
  });

  test.each([
    ['worker/client.ts', "import type { X } from '../experiment/b';"],
    ['state/a.ts', "import type { X } from '../worker/protocol';"],
    ['panels/train/a.tsx', "import { x } from './b';\nimport { y } from '../form';"],
    ['engine/a.ts', "import { add } from '@tensorflow/tfjs-core';"],
    ['cli/a.ts', "import { readFile } from 'node:fs';"],
    ['numerics/a.test.ts', "import { readFile } from 'node:fs';"],
  ])('allow %s: %s', (path, text) => {
    const others = ['experiment/b.ts', 'worker/protocol.ts', 'panels/train/b.tsx', 'panels/form.tsx'];
    expect(importProblems([file(path, text), ...others.map((other) => file(other))])).toEqual([]);
  });

  test.each([
    ['numerics/random/a.ts', 'numerics/scales/b.ts'],
    ['numerics/random/a.ts', 'numerics/attic/b.ts'],
    ['engine/kernels/shared/a.ts', 'engine/kernels/b.ts'],
    ['engine/kernels/b.ts', 'engine/run/a.ts'],
    ['state/recorded/a.ts', 'state/lab.ts'],
  ])('forbid %s to import from a higher room: %s', (from, to) => {
    const specifier = relative(dirname(from), to).replace(/^(?!\.)/, './');
    expect(importProblems([file(from, `import type { X } from '${specifier}';`), file(to)])).toHaveLength(1);
    if (!to.includes('attic'))
      expect(
        importProblems([file(to, `import type { X } from '${relative(dirname(to), from).replace(/^(?!\.)/, './')}';`), file(from)]),
      ).toEqual([]);
  });

  const wanted = { dependencies: { '@noble/hashes': '1' }, optionalDependencies: { webgpu: '1' }, devDependencies: { '@jax-js/jax': '1' } };
  const hashes = file('numerics/a.ts', "import { sha256 } from '@noble/hashes/sha2.js';");

  test.each([
    ['engine/b.ts', "import { jit } from '@jax-js/jax';"],
    ['app/b.tsx', "const tool = await import('esbuild');"],
    ['app/b.css', '@import "@fontsource-variable/inter/wght.css";'],
  ])('forbid in %s: %s', (path, text) => {
    expect(dependencyProblems([hashes, file(path, text)], wanted)).toHaveLength(1);
  });

  test.each([
    ['engine/b.test.ts', "import fc from 'fast-check';"],
    ['engine/testing/b.ts', "import fc from 'fast-check';"],
    ['cli/b.ts', "import { join } from 'node:path';\nconst gpu = await import('webgpu');"],
    ['app/b.css', '@import "./tokens.css";'],
  ])('allow in %s: %s', (path, text) => {
    expect(dependencyProblems([hashes, file(path, text)], wanted)).toEqual([]);
  });

  test('find a dependency that nothing imports', () => {
    expect(dependencyProblems([file('numerics/a.test.ts', hashes.text)], wanted)).toHaveLength(1);
  });

  test('count the files beside the rooms', () => {
    const loose = Array.from({ length: 13 }, (_, i) => file(`charts/a${i}.ts`));
    expect(looseProblems(loose)).toHaveLength(1);
    expect(looseProblems([...loose.slice(1), file('charts/b.test.ts'), file('charts/trace/c.ts')])).toEqual([]);
  });

  test('find a cycle, of types too', () => {
    const tree = [
      file('a.ts', "import { b } from './b';"),
      file('b.ts', "import type { C } from './c';"),
      file('c.ts', "import { a } from './a';"),
    ];
    expect(importCycles(tree)).toEqual(['a.ts -> b.ts -> c.ts -> a.ts']);
    expect(importCycles(tree.slice(0, 2))).toEqual([]);
  });

  test.each([
    ['app/MyLab.tsx', ''],
    ['app/a.ts', 'const x = Math.random();'],
    ['engine/a.ts', 'const x = tensor.dataSync();'],
    ['engine/a.ts', "const x = '/home/someone/data';"],
    ['engine/a.ts', "export { x } from './b';"],
    ['engine/index.ts', ''],
    ['engine/a.ts', 'x;\n'.repeat(301)],
  ])('forbid in %s (case %#)', (path, text) => {
    expect(fileProblems({ path, text })).toHaveLength(1);
  });

  test('do not read comments', () => {
    expect(fileProblems({ path: 'engine/a.ts', text: '// Math.random and dataSync are forbidden\nx;' })).toEqual([]);
  });
});
