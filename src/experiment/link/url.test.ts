import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataSettings } from '../methods/data';
import { modelSettings } from '../methods/models/registry';
import { defaultExperiment } from '../program/defaults';
import { presets } from '../program/presets';
import { parseExperiment } from '../program/validate';
import type { Setting } from '../settings/setting';
import { allSettings } from '../settings/setting';
import { stageDefinition, stageKinds } from '../stages/registry';
import { experimentArbitrary } from '../testing/arbitrary';
// Links that people may have saved. Never edit or remove one: only append.
import frozen from '../testing/frozen-urls.json';
import { fromFragment, toFragment } from './url';

const normal = defaultExperiment();
const checksum = '0123456789abcdef'.repeat(4);

describe('writing', () => {
  test('only what is not at its default', () => {
    expect(toFragment(normal)).toBe('v=1&d=mnist&m=lenet-300-100&train&quantize');
  });

  test('what a person can read', () => {
    const { experiment } = parseExperiment({
      name: 'Two bits, please & thanks (100%)',
      seed: 7,
      data: { dataset: 'cifar10', normalize: 'unit' },
      model: { id: 'cnn', channels: [8, 16], dense: [], batchNorm: true },
      stages: [
        { kind: 'quantize', bits: 2, on: false },
        { kind: 'train', steps: 500, optimizer: 'sgd', lr: 0.05 },
      ],
    });
    expect(toFragment(experiment)).toBe(
      'v=1&d=cifar10,pixels:unit&m=cnn,conv:8-16,dense:none,bn:yes&seed=7&n=Two+bits%2C+please+%26+thanks+%28100%25%29&quantize=off,bits:2&train=steps:500,opt:sgd,lr:0.05',
    );
  });

  test('presets in at most 300 characters', () => {
    for (const { experiment } of presets) expect(toFragment(experiment).length).toBeLessThanOrEqual(300);
  });
});

describe('writing and reading', () => {
  test('gives the same experiment back', () => {
    fc.assert(
      fc.property(experimentArbitrary, (experiment) => {
        const fragment = toFragment(experiment);
        expect(fragment).toMatch(/^[A-Za-z0-9=&,:.%+_-]+$/);
        // What came into the tables later is at its default in an old link, as it is in the old experiment.
        const held = parseExperiment(experiment);
        expect(held.problems).toEqual([]);
        expect(held.experiment).toMatchObject(experiment);
        expect(fromFragment(fragment)).toEqual({ experiment: held.experiment, problems: [], rest: {} });
        expect(fromFragment(`https://example.org/lab/?x=1#${fragment}`).experiment).toEqual(experiment);
      }),
      { numRuns: 300 },
    );
  });

  test('survives a program that escapes everything in a link', () => {
    fc.assert(
      fc.property(experimentArbitrary, (experiment) => {
        const escaped = toFragment(experiment).replace(/[,:]/g, encodeURIComponent);
        expect(fromFragment(escaped)).toEqual({ experiment, problems: [], rest: {} });
      }),
    );
  });
});

describe('reading', () => {
  test('nothing, or only keys of the interface, is the default experiment', () => {
    for (const text of ['', '#', '&&', 'https://example.org/'])
      expect(fromFragment(text)).toEqual({ experiment: normal, problems: [], rest: {} });
    expect(fromFragment('#theme=dark&hide=model,stages&backend=wasm')).toEqual({
      experiment: normal,
      problems: [],
      rest: { theme: 'dark', hide: 'model,stages', backend: 'wasm' },
    });
  });

  test('written by hand: full keys, no version, a default program', () => {
    expect(fromFragment('#m=lenet-5')).toEqual(fromFragment('v=1&m=lenet-5&train&quantize'));
    const { experiment, problems } = fromFragment('train=steps: 500, learning:1&quantize=bits:3,on');
    expect(problems).toEqual([{ field: 'stage 1 · learning', message: '"learning" is unknown; it is ignored.' }]);
    expect(experiment.stages).toMatchObject([{ steps: 500 }, { bits: 3, on: true }]);
    expect(fromFragment('train=weightDecay:0.5,epsilon:1e-8').experiment.stages[0]).toMatchObject({ weightDecay: 0.5, epsilon: 1e-8 });
  });

  test('with a version and no stages is an empty program', () => {
    expect(fromFragment('v=1&d=mnist')).toEqual({ experiment: { ...normal, stages: [] }, problems: [], rest: {} });
  });

  test('own data by checksum', () => {
    expect(fromFragment(`d=own:${checksum},pixels:raw`).experiment.data).toEqual({ dataset: 'own', normalize: 'raw', checksum });
    expect(fromFragment('d=own').problems).toHaveLength(1);
  });

  const cases: [string, string, string, string][] = [
    [
      'an unknown key',
      'v=1&d=mnist&m=lenet-300-100&trian=steps:5&train&quantize',
      'trian',
      '"trian" in the link is unknown; it is ignored. Did you mean train?',
    ],
    [
      'a value that is no number',
      'train=steps:many&quantize',
      'stage 1 · steps',
      'Steps must be a whole number from 1 to 200,000, not "many"; 2,000 is used instead.',
    ],
    ['a pair without a value', 'train=steps&quantize', 'stage 1', '"steps" has no value; it is ignored. Write values like steps:500.'],
    [
      'a newer version',
      'v=2&train&quantize',
      'version',
      'This experiment comes from a newer Fewbits (version 2; this one reads 1); the known parts were loaded.',
    ],
    ['a broken version', 'v=&train&quantize', 'version', 'The version must be 1, not ""; 1 is used instead.'],
    ['a key of the prototype', 'train=__proto__:1&quantize', 'stage 1 · __proto__', '"__proto__" is unknown; it is ignored.'],
    ['a kind inside a stage', 'train=kind:quantize&quantize', 'stage 1 · kind', '"kind" is unknown; it is ignored.'],
  ];
  test.each(cases)('%s', (_name, fragment, field, message) => {
    expect(fromFragment(fragment)).toEqual({ experiment: normal, problems: [{ field, message }], rest: {} });
  });

  test('a newer version is named first', () => {
    expect(fromFragment('v=3&distill=rate:20&train').problems.map((p) => p.field)).toEqual(['version', 'distill']);
  });

  test('never throws, and gives a valid experiment', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'v',
        'd',
        'm',
        'n',
        'seed',
        'train',
        'quantize',
        'repeat',
        'prune',
        'of',
        '9',
        '=',
        ',',
        ':',
        '%',
        '&',
        '#',
        'off',
        'own',
        'steps',
        '__proto__',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fc.array(word).map((words) => words.join('')),
        (text) => {
          const { experiment } = fromFragment(text);
          expect(parseExperiment(experiment)).toEqual({ experiment, problems: [] });
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('a repeat stands before its stages', () => {
  const { experiment, problems } = fromFragment('v=1&repeat=rounds:5,of:3&train=steps:1000&prune=amount:20&rewind&train');
  expect(problems).toEqual([]);
  expect(experiment.stages.map(({ kind }) => kind)).toEqual(['repeat', 'train', 'prune', 'rewind', 'train']);
  expect(experiment.stages[0]).toMatchObject({ rounds: 5, of: 3 });
  const short = fromFragment('v=1&repeat=of:3&train');
  expect(short.problems).toEqual([
    { field: 'stage 1 · stages repeated', message: 'Stages repeated can be at most 1 here, not 3; 1 is used instead.' },
  ]);
});

describe('frozen links', () => {
  test.each(frozen.links)('$fragment', ({ fragment, experiment }) => {
    // What came into the tables later is at its default in an old link, as it is in the old experiment.
    const held = parseExperiment(experiment);
    expect(held.problems).toEqual([]);
    expect(held.experiment).toMatchObject(experiment);
    expect(fromFragment(fragment)).toEqual({ experiment: held.experiment, problems: [], rest: {} });
  });

  test('use every parameter, every option and every method at least once', () => {
    const tables: [string, readonly Setting[]][] = [
      ['d', dataSettings],
      ['m', modelSettings],
      ...stageKinds.map((kind): [string, readonly Setting[]] => [kind, stageDefinition(kind).settings]),
    ];
    const parts = frozen.links.flatMap(({ fragment }) => fragment.split('&'));
    const has = (key: string, pattern: string) => parts.some((part) => new RegExp(`^${key}=(.*,)?${pattern}(,|$)`).test(part));
    const missing: string[] = [];
    for (const [key, table] of tables) {
      for (const setting of allSettings(table)) {
        const values =
          setting.type === 'choice'
            ? setting.options.map((o) => o.value)
            : setting.type === 'method'
              ? setting.methods.map((m) => m.id)
              : ['.+'];
        for (const value of values) {
          const isHead = (key === 'd' && setting.key === 'dataset') || (key === 'm' && setting.key === 'id');
          if (value !== setting.default && !has(key, isHead ? `${value}(:.+)?` : `${setting.short}:${value}`))
            missing.push(`${key} ${setting.short}:${value}`);
        }
      }
    }
    expect(missing).toEqual([]);
  });
});
