import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromFragment } from '../link/url';
import { differingNames, differingValues, type Nameable } from './differing-names';

const nameable = (fragment: string, name = '', backend?: 'wasm' | 'webgpu'): Nameable => ({
  name,
  record: {
    experiment: fromFragment(`v=1&d=mnist&m=lenet-300-100&${fragment}`).experiment,
    ...(backend ? { backend: { name: backend } } : {}),
  },
});
const names = (...fragments: string[]) => differingNames(fragments.map((fragment) => nameable(fragment)));

describe('names of runs that stand in one list', () => {
  test('say the bits, the method and the seed, where these differ', () => {
    expect(
      names('train&quantize=by:lsq,bits:2&seed=3', 'train&quantize=by:apot,bits:3&seed=3', 'train&quantize=by:lsq,bits:2&seed=4'),
    ).toEqual(['2 bits · LSQ · seed 3', '3 bits · APoT · seed 3', '2 bits · LSQ · seed 4']);
  });

  test('say nothing that all have', () => {
    expect(names('train&quantize=bits:2', 'train&quantize=bits:3')).toEqual(['2 bits', '3 bits']);
    expect(names('train=lr:0.1&quantize', 'train=lr:0.01&quantize')).toEqual(['learning rate 0.1', 'learning rate 0.01']);
    expect(names('train', 'train')).toEqual(['', '']);
    expect(names('train')).toEqual(['']);
    expect(differingNames([])).toEqual([]);
  });

  test('say which stage is missing, and with what values the others have it', () => {
    expect(names('train', 'train&quantize=bits:4', 'train&quantize=bits:2')).toEqual(['no quantize', '4 bits', '2 bits']);
    expect(names('train', 'train&quantize=bits:4')).toEqual(['no quantize', 'quantize weights to 4 bits']);
    expect(names('train&prune', 'train&quantize=bits:4', 'train&quantize=bits:2')).toEqual([
      'prune 50 % of the weights',
      '4 bits',
      '2 bits',
    ]);
    expect(names('train&quantize', 'train&quantize&train=steps:500')).toEqual(['no second train', 'train 500 steps']);
  });

  test('say at which of two stages of a kind a value stands', () => {
    expect(names('train=steps:100&quantize&train=steps:5', 'train=steps:200&quantize&train=steps:6')).toEqual([
      'train 1: 100 steps · train 2: 5 steps',
      'train 1: 200 steps · train 2: 6 steps',
    ]);
  });

  test('say the order, where the same stages stand in another one', () => {
    expect(names('train&quantize', 'quantize&train')).toEqual(['train → quantize', 'quantize → train']);
  });

  test('say model and backend last of all that they are made of', () => {
    const runs = [nameable('train', '', 'wasm'), nameable('train', '', 'webgpu')];
    expect(differingNames(runs)).toEqual(['WebAssembly', 'WebGPU']);
    const models = ['lenet-5', 'lenet-300-100'].map((id) => ({ name: '', record: fromFragment(`v=1&d=mnist&m=${id}&train`) }));
    expect(differingNames(models)).toEqual(['LeNet-5', 'LeNet-300-100']);
  });

  test('are what a person gave, where no other run is called so', () => {
    const runs = [nameable('train&quantize=bits:2', 'mine'), nameable('train&quantize=bits:3'), nameable('train&quantize=bits:4')];
    expect(differingNames(runs)).toEqual(['mine', '3 bits', '4 bits']);
    const same = [nameable('train&quantize=bits:2', 'QAT'), nameable('train&quantize=bits:3', 'QAT')];
    expect(differingNames(same)).toEqual(['2 bits', '3 bits']);
  });

  test('differ wherever bits, steps, rates or seeds do', () => {
    const one = fc.record({ bits: fc.integer({ min: 2, max: 8 }), seed: fc.nat(9), lr: fc.constantFrom(0.1, 0.01), first: fc.boolean() });
    fc.assert(
      fc.property(fc.uniqueArray(one, { minLength: 2, maxLength: 6, selector: (value) => JSON.stringify(value) }), (all) => {
        const found = names(
          ...all.map(({ bits, seed, lr, first }) => {
            const stages = [`train=lr:${lr}`, `quantize=bits:${bits}`];
            return `${(first ? stages : stages.toReversed()).join('&')}&seed=${seed}`;
          }),
        );
        expect(new Set(found).size).toBe(all.length);
      }),
      { numRuns: 60 },
    );
  });
});

test('values that differ, a row for each, with nothing where a run does not have it', () => {
  const runs = ['train&quantize=by:lsq,bits:2&seed=3', 'train&quantize=by:apot,bits:3&seed=3', 'train=steps:2500&seed=3'].map((f) =>
    nameable(f),
  );
  const rows = differingValues(runs);
  expect(rows.find(({ label }) => label === 'train: steps')?.values).toEqual(['2,000', '2,000', '2,500']);
  expect(rows.find(({ label }) => label === 'quantize: bits')?.values).toEqual(['2', '3', null]);
  expect(rows.find(({ label }) => label === 'quantize: weights')?.values).toEqual(['LSQ', 'APoT', null]);
  expect(rows.some(({ label }) => label === 'seed')).toBe(false);
  expect(differingValues([])).toEqual([]);
});
