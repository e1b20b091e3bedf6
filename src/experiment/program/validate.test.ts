import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildModel } from '../methods/models/registry';
import { oneOf } from '../settings/wording';
import { stageKinds } from '../stages/registry';
import { experimentArbitrary } from '../testing/arbitrary';
import { defaultExperiment } from './defaults';
import { parseExperiment } from './validate';

const normal = defaultExperiment();
const [train, quantize] = normal.stages;
const checksum = '0123456789abcdef'.repeat(4);

describe('a valid experiment', () => {
  test('is taken as it is', () => {
    fc.assert(
      fc.property(experimentArbitrary, (experiment) => {
        expect(parseExperiment(experiment)).toEqual({ experiment, problems: [] });
        expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual({ experiment, problems: [] });
      }),
    );
  });

  test('may leave things out', () => {
    expect(parseExperiment({})).toEqual({ experiment: normal, problems: [] });
    expect(parseExperiment({ stages: [] })).toEqual({ experiment: { ...normal, stages: [] }, problems: [] });
    const sparse = { model: { id: 'mlp' }, stages: [{ kind: 'train', optimizer: 'sgd' }] };
    const { experiment, problems } = parseExperiment(sparse);
    expect(problems).toEqual([]);
    expect(experiment.model).toEqual({ id: 'mlp', widths: [128], activation: 'relu', batchNorm: false, dropout: 0 });
    expect(experiment.stages[0]).toMatchObject({ on: true, steps: 2000, optimizer: 'sgd', lr: 0.1 });
  });

  test('may name own data by a checksum in capitals', () => {
    const { experiment, problems } = parseExperiment({ data: { dataset: 'own', checksum: checksum.toUpperCase() } });
    expect(problems).toEqual([]);
    expect(experiment.data).toEqual({ dataset: 'own', normalize: 'standard', checksum });
  });
});

describe('anything else', () => {
  test('becomes a valid experiment that runs, with a sentence for each problem', () => {
    const nearly = fc.record(
      {
        version: fc.anything(),
        name: fc.anything(),
        seed: fc.anything(),
        data: fc.oneof(fc.anything(), fc.record({ dataset: fc.anything(), checksum: fc.anything() })),
        model: fc.oneof(
          fc.anything(),
          fc.record({ id: fc.constantFrom('mlp', 'cnn'), widths: fc.array(fc.anything()), channels: fc.array(fc.nat()) }),
        ),
        stages: fc.oneof(
          fc.anything(),
          fc.array(fc.record({ kind: fc.constantFrom('train', 'quantize', 'melt'), bits: fc.anything() })),
          fc.array(
            fc.record({ kind: fc.constantFrom('train', 'repeat', 'melt'), rounds: fc.integer({ min: 1, max: 30 }), of: fc.nat(24) }),
          ),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), nearly), (json) => {
        const { experiment, problems } = parseExperiment(json);
        expect(parseExperiment(experiment)).toEqual({ experiment, problems: [] });
        expect(() => buildModel(experiment.model, { height: 32, width: 32, channels: 3 }, 10)).not.toThrow(TypeError);
        for (const { field, message } of problems) {
          expect(field.length).toBeLessThan(80);
          expect(message).toMatch(/[.?]$/);
          expect(message.length).toBeLessThan(300);
        }
      }),
      { numRuns: 300 },
    );
  });

  const cases: [string, unknown, string, string, object][] = [
    [
      'no object',
      [1],
      'experiment',
      'An experiment is an object with data, model and stages, not this list; the default is used instead.',
      normal,
    ],
    [
      'a number too large',
      { seed: 2 ** 32 },
      'seed',
      'Seed must be a whole number from 0 to 4,294,967,295, not 4,294,967,296; 4,294,967,295 is used instead.',
      { ...normal, seed: 2 ** 32 - 1 },
    ],
    ['NaN', { seed: Number.NaN }, 'seed', 'Seed must be a whole number from 0 to 4,294,967,295, not NaN; 42 is used instead.', normal],
    ['a key of nothing', { seeds: 3 }, 'seeds', '"seeds" is unknown; it is ignored. Did you mean seed?', normal],
    ['a title that is no text', { name: 3 }, 'name', 'The name must be text, not 3; it is left empty.', normal],
    [
      'a long title',
      { name: 'é'.repeat(101) },
      'name',
      'The name may have at most 100 characters; the rest is cut off.',
      { ...normal, name: 'é'.repeat(100) },
    ],
    [
      'an unknown model',
      { model: { id: 'lenet-6' } },
      'model · network',
      'Network must be lenet-300-100, thesis-mlp, lenet-5, conv-2, conv-4, conv-6, thesis-cnn, mlp, cnn or resnet, not "lenet-6"; lenet-300-100 is used instead. Did you mean lenet-5?',
      normal,
    ],
    [
      'a model that is too large',
      { model: { id: 'mlp', widths: [4096, 4096] } },
      'model',
      'Custom MLP would have 20,029,440 weights on images of 28 × 28; at most 5,000,000 are allowed. Used instead: hidden widths 1024-2048.',
      { ...normal, model: { id: 'mlp', widths: [1024, 2048], activation: 'relu', batchNorm: false, dropout: 0 } },
    ],
    [
      'own data without a checksum',
      { data: { dataset: 'own' } },
      'data · checksum',
      'Own files are named by a checksum of 64 hexadecimal digits, not ""; MNIST is used instead.',
      normal,
    ],
    [
      'a checksum of built-in data',
      { data: { dataset: 'mnist', checksum } },
      'data · checksum',
      'Only own files have a checksum; it is ignored.',
      normal,
    ],
    [
      'stages that are no list',
      { stages: 'train' },
      'stages',
      'Stages must be a list, not "train"; the default program is used instead.',
      normal,
    ],
    [
      'an unknown kind',
      { stages: [train, { kind: 'quantise' }] },
      'stage 2',
      `The kind of a stage must be ${oneOf(stageKinds)}, not "quantise"; the stage is ignored. Did you mean quantize?`,
      { ...normal, stages: [train] },
    ],
    [
      'a kind of the prototype',
      { stages: [{ kind: 'constructor' }] },
      'stage 1',
      `The kind of a stage must be ${oneOf(stageKinds)}, not "constructor"; the stage is ignored.`,
      { ...normal, stages: [] },
    ],
    [
      'a number out of range',
      { stages: [train, { kind: 'quantize', bits: 40 }] },
      'stage 2 · bits',
      'Bits must be a whole number from 1 to 16, not 40; 16 is used instead.',
      { ...normal, stages: [train, { ...quantize, bits: 16 }] },
    ],
    [
      'text for a number',
      { stages: [{ kind: 'train', steps: '500' }] },
      'stage 1 · steps',
      'Steps must be a whole number from 1 to 200,000, not "500"; 500 is used instead.',
      { ...normal, stages: [{ ...train, steps: 500 }] },
    ],
    [
      'a switch that is none',
      { stages: [{ kind: 'quantize', on: 1 }] },
      'stage 1 · on',
      'On must be yes or no, not 1; yes is used instead.',
      { ...normal, stages: [quantize] },
    ],
    [
      "another method's setting",
      { stages: [{ ...train, decay: 0.5 }] },
      'stage 1 · decay',
      'Decay belongs to RMSprop, which is not selected; it is ignored.',
      { ...normal, stages: [train] },
    ],
    [
      'a newer version',
      { version: 2 },
      'version',
      'This experiment comes from a newer Fewbits (version 2; this one reads 1); the known parts were loaded.',
      normal,
    ],
    [
      'a repeat past the end',
      { stages: [{ kind: 'repeat', of: 9 }, train] },
      'stage 1 · stages repeated',
      'Stages repeated can be at most 1 here, not 9; 1 is used instead.',
      { ...normal, stages: [{ kind: 'repeat', on: true, rounds: 3, of: 1 }, train] },
    ],
    [
      'a repeat past the one around it',
      { stages: [{ kind: 'repeat', of: 2 }, { kind: 'repeat', of: 2 }, train, quantize] },
      'stage 2 · stages repeated',
      'Stages repeated can be at most 1 here, not 2; 1 is used instead.',
      {
        ...normal,
        stages: [{ kind: 'repeat', on: true, rounds: 3, of: 2 }, { kind: 'repeat', on: true, rounds: 3, of: 1 }, train, quantize],
      },
    ],
    [
      'a repeat of nothing',
      { stages: [train, { kind: 'repeat' }] },
      'stage 2',
      'A repeat needs a stage after it; this one is ignored.',
      { ...normal, stages: [train] },
    ],
    [
      'a run that is too long',
      { stages: [{ kind: 'repeat', rounds: 30, of: 2 }, { kind: 'repeat', rounds: 20 }, train] },
      'stage 1 · rounds',
      'A run has at most 300 stages, each round counted, not 600; rounds 15 is used instead.',
      {
        ...normal,
        stages: [{ kind: 'repeat', on: true, rounds: 15, of: 2 }, { kind: 'repeat', on: true, rounds: 20, of: 1 }, train],
      },
    ],
    [
      'a way back to a step that is not trained before it',
      { stages: [{ ...train, steps: 150 }, { kind: 'rewind', to: 9, on: false }, quantize, { kind: 'rewind', to: 500 }, train] },
      'stage 4 · back to step',
      'Stage 4 goes back to step 500, but only 150 steps are trained before it; 150 is used instead.',
      {
        ...normal,
        stages: [
          { ...train, steps: 150 },
          { kind: 'rewind', on: false, values: 'earlier', to: 9, masks: 'keep', draw: 1 },
          quantize,
          { kind: 'rewind', on: true, values: 'earlier', to: 150, masks: 'keep', draw: 1 },
          train,
        ],
      },
    ],
    [
      'a way back in a repeat to what only a later round has trained',
      {
        stages: [
          { kind: 'repeat', of: 2 },
          { ...train, steps: 100 },
          { kind: 'rewind', to: 150 },
        ],
      },
      'stage 3 · back to step',
      'Stage 3 goes back to step 150, but only 100 steps are trained before it; 100 is used instead.',
      {
        ...normal,
        stages: [
          { kind: 'repeat', on: true, rounds: 3, of: 2 },
          { ...train, steps: 100 },
          { kind: 'rewind', on: true, values: 'earlier', to: 100, masks: 'keep', draw: 1 },
        ],
      },
    ],
    [
      'a way back before anything is trained',
      { stages: [{ kind: 'rewind', to: 1 }, train] },
      'stage 1 · back to step',
      'Stage 1 goes back to step 1, but no steps are trained before it; 0 is used instead.',
      { ...normal, stages: [{ kind: 'rewind', on: true, values: 'earlier', to: 0, masks: 'keep', draw: 1 }, train] },
    ],
    [
      'an unknown stage that is repeated',
      { stages: [{ kind: 'repeat', of: 2 }, { kind: 'melt' }, train, quantize] },
      'stage 2',
      `The kind of a stage must be ${oneOf(stageKinds)}, not "melt"; the stage is ignored.`,
      { ...normal, stages: [{ kind: 'repeat', on: true, rounds: 3, of: 1 }, train, quantize] },
    ],
    ['no version', { version: 'one' }, 'version', 'The version must be 1, not "one"; 1 is used instead.', normal],
  ];
  test.each(cases)('%s', (_name, json, field, message, expected) => {
    expect(parseExperiment(json)).toEqual({ experiment: expected, problems: [{ field, message }] });
  });

  test('the first 24 stages are kept', () => {
    const { experiment, problems } = parseExperiment({ stages: Array(30).fill({ kind: 'quantize' }) });
    expect(experiment.stages).toHaveLength(24);
    expect(problems).toEqual([
      { field: 'stages', message: 'An experiment may have at most 24 stages, not 30; only the first 24 are used.' },
    ]);
  });

  test('a flood of problems is cut short', () => {
    const flood = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`key${i}`, i]));
    const { problems } = parseExperiment(flood);
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)?.message).toBe('And 980 more problems.');
  });

  test('nothing reaches a prototype', () => {
    const hostile =
      '{"__proto__": {"seed": 7, "polluted": 1}, "model": {"id": "__proto__", "__proto__": {"id": "cnn"}}, "stages": [{"kind": "train", "__proto__": {"steps": 1}, "constructor": 3}]}';
    const { experiment, problems } = parseExperiment(JSON.parse(hostile));
    expect(experiment).toEqual({ ...normal, stages: [train] });
    expect(problems.map((p) => p.field)).toEqual([
      '__proto__',
      'model · network',
      'model · __proto__',
      'stage 1 · __proto__',
      'stage 1 · constructor',
    ]);
    expect({}).not.toHaveProperty('polluted');
    const inherited = Object.create({ seed: 7 });
    expect(parseExperiment(inherited).experiment.seed).toBe(42);
  });
});
