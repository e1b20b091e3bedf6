import { describe, expect, test } from 'vitest';
import { fromFragment } from '../../experiment/link/url';
import type { KeptRun } from '../../experiment/results/kept-run';
import { keptRunOf } from '../../experiment/testing/kept-run';
import { columns } from './columns';
import { grouped, listNames, matching, spreadOf } from './listed-runs';
import { tagsOf } from './tags';

function run(id: string, fragment: string, testAccuracy = 0.9, change: Partial<KeptRun> = {}): KeptRun {
  const { experiment } = fromFragment(fragment);
  return keptRunOf({ id, ...change }, { experiment, seed: experiment.seed, testAccuracy });
}
const HEAD = 'v=1&d=mnist&m=lenet-300-100';
const two = [1, 2].map((seed) => run(`2-${seed}`, `${HEAD}&seed=${seed}&train&quantize=bits:2`, 0.9 + 0.02 * seed));
const four = run('4', `${HEAD}&seed=1&train&quantize=bits:4`, 0.98, { tags: ['best'], note: 'for the report' });
const runs = [...two, four];
const accuracy = columns.find(({ id }) => id === 'accuracy')!;
const names = listNames(runs);
const ids = (all: readonly KeptRun[]) => all.map(({ id }) => id);

describe('the runs of a list', () => {
  test('are called by what differs, after model and data where these differ', () => {
    expect([...names.values()]).toEqual(['2 bits · seed 1', '2 bits · seed 2', '4 bits · seed 1']);
    const more = listNames([...runs, run('x', 'v=1&d=cifar10&m=conv-2&seed=1&train')]);
    expect(more.get('2-1')).toBe('LeNet-300-100 · MNIST · 2 bits · seed 1');
    expect(more.get('x')).toMatch(/ · CIFAR-10$/);
    expect(listNames([four]).get('4')).toBe('LeNet-300-100 · MNIST');
  });

  test('are found by every word: name, tag, note, program, seed, backend', () => {
    const found = (text: string) => ids(matching(runs, text, names));
    expect(found('')).toEqual(['2-1', '2-2', '4']);
    expect(found('2 bits')).toEqual(['2-1', '2-2']);
    expect(found('Seed  2')).toEqual(['2-2']);
    expect(found('magnitude lenet')).toEqual([]);
    expect(found('BEST')).toEqual(['4']);
    expect(found('report webassembly')).toEqual(['4']);
    expect(found('nothing')).toEqual([]);
  });

  test('are sorted by any column, either way', () => {
    const sorted = (descending: boolean) =>
      grouped(runs, false, { by: 'accuracy', descending }, accuracy, names).map(({ runs: [first] }) => first?.id);
    expect(sorted(true)).toEqual(['4', '2-2', '2-1']);
    expect(sorted(false)).toEqual(['2-1', '2-2', '4']);
    const byName = grouped(runs, false, { by: 'name', descending: false }, undefined, names);
    expect(byName.map(({ title }) => title)).toEqual(['2 bits · seed 1', '2 bits · seed 2', '4 bits · seed 1']);
  });

  test('that differ in their seed only are one group, with mean and spread', () => {
    const groups = grouped(runs, true, { by: 'accuracy', descending: true }, accuracy, names);
    expect(groups.map(({ title, runs: own }) => [title, ids(own)])).toEqual([
      ['4 bits · seed 1', ['4']],
      ['2 bits', ['2-2', '2-1']],
    ]);
    // 0.92 and 0.94: mean 0.93, standard deviation √(2 · 0.01²) = 0.01414.
    const spread = spreadOf(groups[1]!.runs, accuracy);
    expect(spread?.mean).toBeCloseTo(0.93, 12);
    expect(spread?.sd).toBeCloseTo(Math.SQRT2 / 100, 12);
    expect(spreadOf(two, columns.find(({ id }) => id === 'seed')!)).toBeNull();
  });
});

test('tags are read from a text', () => {
  expect(tagsOf(' a, b ,a,, c d ')).toEqual(['a', 'b', 'c d']);
  expect(tagsOf('')).toEqual([]);
});
