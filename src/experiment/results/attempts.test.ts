import { expect, test } from 'vitest';
import { fromFragment } from '../link/url';
import { keptRunOf } from '../testing/kept-run';
import { attemptsOf } from './attempts';

const HEAD = 'v=1&d=mnist&m=lenet-300-100';
const of = (fragment: string) => fromFragment(`${HEAD}&${fragment}`).experiment;
const run = (id: string, fragment: string, name = '') => keptRunOf({ id, name }, { experiment: of(fragment) });
const found = (fragment: string, runs: ReturnType<typeof run>[]) =>
  attemptsOf(of(fragment), runs).map(({ run: { id }, name }) => [id, name]);

test('are runs with the same data, model and seed, named by what differs', () => {
  const runs = [
    run('a', 'train&quantize=bits:2'),
    run('b', 'train&quantize=bits:2,by:lsq'),
    run('other seed', 'train&quantize=bits:2&seed=7'),
    keptRunOf({ id: 'other model' }, { experiment: fromFragment('v=1&d=mnist&m=lenet-5&train').experiment }),
  ];
  expect(found('train&quantize=bits:4', runs).map(([id]) => id)).toEqual(['a', 'b']);
  const names = found('train&quantize=bits:4', runs).map(([, name]) => name);
  expect(names[0]).toContain('2 bits');
  expect(names[1]).toContain('LSQ');
});

test('leave out the experiment itself, and older runs of the same one', () => {
  const runs = [run('new', 'train&quantize=bits:2'), run('old', 'train&quantize=bits:2'), run('own', 'train&quantize=bits:4')];
  expect(found('train&quantize=bits:4', runs)).toEqual([['new', '2 bits']]);
});

test('keep the name that a person gave', () => {
  expect(found('train&quantize=bits:4', [run('a', 'train&quantize=bits:2', 'mine')])).toEqual([['a', 'mine']]);
});
