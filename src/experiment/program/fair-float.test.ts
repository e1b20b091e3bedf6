import { expect, test } from 'vitest';
import { fromFragment, toFragment } from '../link/url';
import { fairFloat } from './fair-float';

const of = (fragment: string) => fairFloat(fromFragment(`v=1&d=mnist&m=lenet-300-100&${fragment}`).experiment);
const programOf = (fragment: string) => toFragment(of(fragment)!.program).replace(/^.*?&(?=train|repeat)/, '');

test('is the training of the program, without what compresses', () => {
  expect(of('train=steps:60&quantize=bits:3&train=steps:40')).toMatchObject({ steps: 100, before: 60 });
  expect(programOf('train=steps:60&quantize=bits:3&train=steps:40')).toBe('train=steps:60&train=steps:40');
  expect(of('quantize&train=steps:40')).toMatchObject({ steps: 40, before: 0 });
});

test('has every round, and no step of a stage that is off', () => {
  const rounds = 'train=steps:40&repeat=rounds:4,of:2&prune&train=steps:20&quantize';
  expect(of(rounds)).toMatchObject({ steps: 120, before: 40 });
  expect(programOf(rounds)).toBe('train=steps:40&repeat=rounds:4&train=steps:20');
  expect(of('train=steps:60&quantize&train=steps:40,off&train=steps:5')).toMatchObject({ steps: 65, before: 60 });
});

test('does not go back to earlier weights', () => {
  expect(programOf('train=steps:40&prune&rewind&train=steps:20')).toBe('train=steps:40&train=steps:20');
});

test('is not needed where both have the same steps', () => {
  expect(of('train=steps:60&quantize=bits:3')).toBeNull();
  expect(of('train=steps:60')).toBeNull();
  expect(of('train=steps:60&quantize=bits:3&train=steps:40,off')).toBeNull();
});
