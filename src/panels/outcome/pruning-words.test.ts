import { describe, expect, test } from 'vitest';
import { defaultStage } from '../../experiment/program/defaults';
import { addStage } from '../../experiment/program/edit';
import { presetById } from '../../experiment/program/presets';
import { unroll } from '../../experiment/program/unroll';
import type { SettingValue } from '../../experiment/settings/setting';
import type { StageSummary } from '../../experiment/types/events';
import { pruningWords } from './pruning-words';

const DENSE = 8_000_000;
const path = presetById('mnist-prune-90')!.experiment;
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

const summary = (stage: number, kind: string, testAccuracy: number, more: Partial<StageSummary> = {}): StageSummary => ({
  ...{ stage, kind, testAccuracy, steps: 0, valAccuracy: testAccuracy, testLoss: 1, totalBits: DENSE, seconds: 1 },
  ...more,
});
const trained = summary(0, 'train', 0.93, { steps: 300 });
const pruned = summary(1, 'prune', 0.6, { kept: { of: 1000, layers: { 'fc1/kernel': 60, 'fc2/kernel': 40 } } });
const tuned = summary(2, 'train', 0.925, { steps: 200 });
const words = (...all: StageSummary[]) => pruningWords(path.stages, Object.fromEntries(all.map((one) => [one.stage, one])), DENSE);

describe('what pruning did', () => {
  test('nothing is said before a stage has pruned', () => {
    expect(words()).toBeNull();
    expect(words(trained)).toBeNull();
  });

  test('the accuracy falls, and training brings it back', () => {
    expect(plain(words(trained, pruned)?.accuracy)).toBe(
      'After pruning 90.0 % of the weights, the test accuracy fell from 93.0 % to 60.0 %.',
    );
    expect(plain(words(trained, pruned, tuned)?.accuracy)).toBe(
      'After pruning 90.0 % of the weights, the test accuracy fell from 93.0 % to 60.0 %. 200 more training steps brought it to 92.5 %, 0.5 points below the network before pruning.',
    );
    const better = { ...tuned, testAccuracy: 0.94 };
    expect(plain(words(trained, pruned, better)?.accuracy)).toContain('94.0 %, 1.0 points above the network before pruning.');
    expect(plain(words(trained, pruned, { ...tuned, testAccuracy: 0.5 })?.accuracy)).toContain(
      'After 200 more training steps it is 50.0 %.',
    );
  });

  test('a program that begins with pruning has nothing to compare with', () => {
    expect(plain(words(pruned)?.accuracy)).toBe('With 90.0 % of the weights pruned, the test accuracy is 60.0 %.');
  });

  test('the file is not smaller yet, and a stage that would make it so is offered', () => {
    const said = words(trained, pruned, tuned);
    expect(plain(said?.file)).toBe(
      'The file is not smaller yet (1.00 MB): it stores a pruned weight as a 0, in as many bits as any other weight.',
    );
    expect(said?.offer).toBe(true);
  });

  test('after that stage it is smaller, by what was measured', () => {
    const { stages } = addStage(path, 'encode');
    const encoded = summary(3, 'encode', 0.925, { totalBits: 1_000_000 });
    const all = { 0: trained, 1: pruned, 2: tuned };
    expect(pruningWords(stages, all, DENSE)?.offer).toBe(false);
    expect(plain(pruningWords(stages, { ...all, 3: encoded }, DENSE)?.file)).toBe(
      'The file is 8.0× smaller than before pruning: 125 kB instead of 1.00 MB.',
    );
    expect(plain(pruningWords(stages, { ...all, 3: { ...encoded, totalBits: DENSE } }, DENSE)?.file)).toContain(
      'saying which ones are kept costs as much as it saves',
    );
  });

  test('another stage’s saving is not credited to pruning', () => {
    const stages = [...path.stages.slice(0, 2), defaultStage('quantize'), defaultStage('encode')];
    const all = { 0: trained, 1: pruned, 2: summary(2, 'quantize', 0.6, { totalBits: DENSE / 4 }) };
    const said = pruningWords(stages.slice(0, 3), all, DENSE);
    expect(plain(said?.file)).toMatch(/^Pruning has not made the file smaller yet \(250 kB\): it stores a pruned weight as a 0/);
    expect(said?.offer).toBe(true);
    const encoded = summary(3, 'encode', 0.6, { totalBits: DENSE / 16 });
    expect(plain(pruningWords(stages, { ...all, 3: encoded }, DENSE)?.file)).toBe(
      'The file is 4.0× smaller than before stage 4: 62.5 kB instead of 250 kB.',
    );
    const early = [...path.stages.slice(0, 2), defaultStage('encode'), defaultStage('quantize')];
    const both = { 0: trained, 1: pruned, 2: { ...encoded, stage: 2, totalBits: DENSE / 8 }, 3: { ...encoded, kind: 'quantize' } };
    expect(plain(pruningWords(early, both, DENSE)?.file)).toBe(
      'After stage 3 the file was 8.0× smaller than before pruning: 125 kB instead of 1.00 MB.',
    );
  });

  test('a dense encode stage stores zeros, and the offer stays', () => {
    const stages = [...path.stages.slice(0, 2), { ...defaultStage('encode'), support: 'dense' }];
    const said = pruningWords(stages, { 0: trained, 1: pruned, 2: summary(2, 'encode', 0.6) }, DENSE);
    expect(plain(said?.file)).toBe('The file is not smaller yet (1.00 MB): it stores all weights, those that are 0 too.');
    expect(said?.offer).toBe(true);
  });

  test('rounds are compared with the network before the first, and a rewound training is called so', () => {
    const left = (stage: number, accuracy: number, n: number) =>
      summary(stage, 'prune', accuracy, { kept: { of: 1000, layers: { fc1: n } } });
    const run = [
      ...[summary(0, 'train', 0.97, { steps: 1000 }), left(1, 0.96, 800), summary(2, 'rewind', 0.1)],
      ...[summary(3, 'train', 0.972, { steps: 1000 }), left(4, 0.955, 640), summary(5, 'rewind', 0.1)],
    ];
    const stages = unroll(presetById('mnist-ticket')!.experiment.stages).map(({ stage }) => stage);
    const said = (back: Readonly<Record<string, SettingValue>>, ...more: StageSummary[]) =>
      plain(
        pruningWords(
          stages.map((stage, i) => (i === 5 ? { ...stage, ...back } : stage)),
          Object.fromEntries([...run, ...more].map((one) => [one.stage, one])),
          DENSE,
        )?.accuracy,
      );
    const cut = 'After pruning 36.0 % of the weights, the test accuracy fell from 97.0 % to 95.5 %.';
    expect(said({})).toBe(cut);
    const again = summary(6, 'train', 0.971, { steps: 1000 });
    expect(said({}, again)).toBe(
      `${cut} Trained again from its start, it has 97.1 % after 1,000 training steps, 0.1 points above the network before pruning.`,
    );
    expect(said({ to: 500 }, again)).toContain('Trained again from its weights of step 500, it has 97.1 %');
    expect(said({ values: 'redrawn' }, again)).toContain('Trained again from new initial weights, it has 97.1 %');
  });
});
