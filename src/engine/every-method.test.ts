/** What every method of the registries must do in a whole run, whatever it is. */
import { beforeAll, describe, expect, test } from 'vitest';
import { fromFragment, toFragment } from '../experiment/link/url';
import { activationQuantizers, gradientQuantizers, quantizers } from '../experiment/methods/quantizers/registry';
import { defaultBlock } from '../experiment/settings/block';
import type { Method, Setting, Values } from '../experiment/settings/setting';
import { stageDefinition } from '../experiment/stages/registry';
import type { Stage } from '../experiment/types/experiment';
import { tinyDataset } from './testing/tiny-dataset';
import { everyStep, finish, tinyCnn, tinyExperiment, train } from './testing/tiny-run';
import { openTestBackends } from './testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 60, test: 20 });
const { settings } = stageDefinition('quantize');

function quantizeStage(values: Values): Stage {
  return { kind: 'quantize', on: true, ...defaultBlock(settings, values) };
}

/** The method at its defaults, and with each of its other options. */
function variants(key: string, { id, settings: own }: Method): readonly Values[] {
  const options = own.flatMap((setting: Setting): Values[] => {
    const when: Values = setting.when ? { [setting.when.key]: setting.when.is[0] ?? '' } : {};
    if (setting.type === 'choice')
      return setting.options.filter(({ value }) => value !== setting.default).map(({ value }) => ({ ...when, [setting.key]: value }));
    return setting.type === 'flag' ? [{ ...when, [setting.key]: !setting.default }] : [];
  });
  return [{}, ...options].map((chosen) => ({ [key]: id, ...chosen }));
}

/** Trains through it, stores it, and continues from every checkpoint after the quantizer to the same end. */
async function check(values: Values, resumes: boolean): Promise<void> {
  const stages = [train({ steps: 2 }), quantizeStage({ samples: 8, ...values }), train({ steps: 3, lr: 0.002 })];
  const experiment = tinyExperiment(stages, { model: tinyCnn });
  expect(fromFragment(toFragment(experiment))).toMatchObject({ experiment, problems: [] });
  const whole = await finish(experiment, dataset, { control: everyStep() });
  expect(whole.events.filter((event) => event.type === 'failed')).toEqual([]);
  expect(whole.losses.every(Number.isFinite)).toBe(true);
  const { ledger } = whole.record ?? {};
  expect(ledger?.totalBits).toBe((whole.models.at(-1)?.length ?? 0) * 8);
  if (!resumes) return;
  for (const from of whole.checkpoints.filter(({ stage }) => stage === 2)) {
    const resumed = await finish(experiment, dataset, { from: structuredClone(from) });
    expect(resumed.record?.digest, `from stage ${from.stage}, step ${from.step}`).toBe(whole.record?.digest);
  }
}

const name = (values: Values) =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');

const sets: readonly (readonly [string, string, readonly Method[]])[] = [
  ['weights', 'method', quantizers],
  ['activations', 'activations', activationQuantizers],
  ['gradients', 'gradients', gradientQuantizers],
];

for (const [what, key, methods] of sets)
  describe(`every quantizer of ${what}`, () => {
    for (const method of methods) {
      const [plain = {}, ...others] = variants(key, method);
      test(`${method.id}: runs, is stored, and resumes`, () => check(plain, true));
      for (const values of others) test(name(values), () => check(values, true));
    }
  });

describe('every quantizer of weights', () => {
  for (const { id } of quantizers) {
    test(`${id}, biases as the weights, after a delay, without first and last layer`, () =>
      check({ method: id, biases: 'same', delay: 1, exempt: 'both' }, true));
    test(`${id} in words`, () => {
      expect(stageDefinition('quantize').sentence(quantizeStage({ method: id }))).toMatch(/^quantize weights to \S/);
    });
  }
});
