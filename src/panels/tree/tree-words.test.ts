import { expect, test } from 'vitest';
import { defaultExperiment, defaultStage } from '../../experiment/program/defaults';
import type { StageResult, TreeNode } from '../../experiment/results/run-tree';
import { pathsOf, readiness, resultWords, stageWords } from './tree-words';

const result = (change: Partial<StageResult> = {}): StageResult => ({
  testAccuracy: 0.9762,
  totalBits: 8000,
  seconds: 4,
  backends: ['wasm'],
  ...change,
});
const node = (key: string, results: readonly StageResult[], ...children: TreeNode[]): TreeNode => ({
  key,
  experiment: defaultExperiment(),
  stage: defaultExperiment().stages[0]!,
  index: 0,
  rounds: [],
  skipped: 0,
  results,
  ends: [],
  children,
});
const plain = (words: readonly string[]) => words.map((text) => text.replaceAll('\u00a0', ' '));

test('a stage is named once', () => {
  expect(stageWords(defaultStage('quantize'))).toEqual({ label: 'Quantize', rest: expect.stringMatching(/^weights to \d bits/) });
  expect(stageWords(defaultStage('train'))).toEqual({ label: 'Train', rest: expect.stringMatching(/^2,000 steps/) });
  expect(stageWords(defaultStage('prune'), [2]).label).toBe('Prune, round 2');
  expect(stageWords(defaultStage('prune'), [1, 2]).label).toBe('Prune, round 1, round 2');
});

test('one result is shown without its backend, several with', () => {
  expect(plain(resultWords([result()], 2000))).toEqual(['97.62 % · 4.00 bits per weight · 1.00 kB']);
  expect(plain(resultWords([result()], null))).toEqual(['97.62 % · 1.00 kB']);
  expect(plain(resultWords([result({ backends: ['wasm', 'cpu'] }), result({ testAccuracy: 0.5, backends: ['webgpu'] })], null))).toEqual([
    '97.62 % · 1.00 kB · on WebAssembly and JavaScript',
    '50.00 % · 1.00 kB · on WebGPU',
  ]);
  expect(resultWords([], 2000)).toEqual([]);
});

test('a stage continues at once, is trained again in the time that it and those before it took, or was not run', () => {
  const path = [node('a', [result()]), node('b', [result({ seconds: 30 })]), node('c', [result({ seconds: 60 })])];
  const words = (count: number, ...held: string[]) => readiness(path.slice(0, count), new Set(held)).words.replaceAll('\u00a0', ' ');
  expect(words(3, 'a', 'b', 'c')).toBe('continues at once');
  expect(words(3, 'a')).toBe('needs retraining (about 1 min 30 s)');
  expect(words(3)).toBe('needs retraining (about 1 min 34 s)');
  expect(words(1)).toBe('needs retraining (about 4.0 s)');
  expect(readiness([...path, node('d', [])], new Set(['a']))).toEqual({ kind: 'new', words: 'not run yet' });
  expect(readiness([node('a', []), node('b', [result()])], new Set())).toEqual({ kind: 'trains', words: 'needs retraining' });
});

test('the way to a stage begins at the first', () => {
  const inner = node('b', [], node('c', []));
  const paths = pathsOf({
    key: '',
    root: defaultExperiment(),
    children: [node('a', [], inner), node('d', [])],
    ends: [],
    weights: null,
    runs: 0,
  });
  expect([...paths].map(([key, path]) => `${key}: ${path.map((one) => one.key).join('')}`)).toEqual(['a: a', 'b: ab', 'c: abc', 'd: d']);
});
