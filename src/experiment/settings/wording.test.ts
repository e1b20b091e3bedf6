import { expect, test } from 'vitest';
import { didYouMean, inSentence, oneOf, plainNumber, shown, suggestion } from './wording';

test('suggestions are near, or none', () => {
  const names = ['steps', 'optimizer', 'batch', 'lr'];
  expect(suggestion('step', names)).toBe('steps');
  expect(suggestion('Optimiser', names)).toBe('optimizer');
  expect(suggestion('l', names)).toBe('lr');
  expect(suggestion('banana', names)).toBeUndefined();
  expect(suggestion('', names)).toBeUndefined();
  expect(suggestion('x'.repeat(100_000), names)).toBeUndefined();
  expect(didYouMean('bach', names)).toBe(' Did you mean batch?');
  expect(didYouMean('banana', names)).toBe('');
});

test('a suggestion is the first of the nearest names, in its own spelling', () => {
  const names = ['Adam', 'ADAM', 'AdamW', 'RMSprop', ''];
  expect(suggestion('adam', names)).toBe('Adam');
  expect(suggestion('adamw', names)).toBe('AdamW');
  expect(suggestion('adan', names)).toBe('Adam');
  expect(suggestion('', names)).toBe('');
  // Of eight letters three may be wrong, and no fourth.
  expect(suggestion('rmsprxyz', names)).toBe('RMSprop');
  expect(suggestion('rmspwxyz', names)).toBeUndefined();
  expect(suggestion('steps', [])).toBeUndefined();
});

test('lists, numbers and labels in a sentence', () => {
  expect([oneOf([]), oneOf(['a']), oneOf(['a', 'b']), oneOf(['a', 'b', 'c'])]).toEqual(['', 'a', 'a or b', 'a, b or c']);
  expect([plainNumber(2000), plainNumber(0.0012), plainNumber(1e-7), plainNumber(Number.NaN)]).toEqual(['2,000', '0.0012', '1e-7', 'NaN']);
  expect(['Straight-through', 'LSQ', 'RMSprop', 'ReLU', 'Bits', 'Optimal Brain Damage (OBD)', 'Two drops'].map(inSentence)).toEqual([
    'straight-through',
    'LSQ',
    'RMSprop',
    'ReLU',
    'bits',
    'Optimal Brain Damage (OBD)',
    'two drops',
  ]);
});

test('any value can be shown in a few words', () => {
  const values = ['a'.repeat(41), 'a', null, undefined, true, [1], { a: 1 }, Symbol('x'), 3n, () => 0];
  expect(values.map(shown)).toEqual([
    `"${'a'.repeat(40)}…"`,
    '"a"',
    'null',
    'undefined',
    'true',
    'this list',
    'an object',
    'a symbol',
    'a bigint',
    'a function',
  ]);
});
