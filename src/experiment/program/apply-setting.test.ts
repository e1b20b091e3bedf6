import { describe, expect, test } from 'vitest';
import { oneOf } from '../settings/wording';
import { stageKinds } from '../stages/registry';
import { applySetting, SettingError } from './apply-setting';
import { defaultExperiment, defaultStage } from './defaults';
import { wrapInRepeat } from './edit';
import { presetById } from './presets';

const normal = defaultExperiment();
const twice = presetById('mnist-qat-finetune')!.experiment;

describe('a setting', () => {
  test('of a field', () => {
    expect(applySetting(normal, 'seed=3')).toEqual({ ...normal, seed: 3 });
    expect(applySetting(normal, 'name=a=b')).toEqual({ ...normal, name: 'a=b' });
  });

  test('of the data or the model', () => {
    expect(applySetting(normal, 'data.normalize=unit').data.normalize).toBe('unit');
    expect(applySetting(normal, 'data.pixels=raw').data.normalize).toBe('raw');
    expect(applySetting(normal, `data.dataset=own:${'AB'.repeat(32)}`).data).toMatchObject({ dataset: 'own', checksum: 'ab'.repeat(32) });
    expect(applySetting(normal, 'model.id=lenet-5').model).toEqual({ id: 'lenet-5' });
    const built = applySetting(applySetting(normal, 'model.id=mlp'), 'model.widths=300-100');
    expect(built.model).toMatchObject({ id: 'mlp', widths: [300, 100] });
  });

  test('of every stage of a kind', () => {
    expect(applySetting(twice, 'train.steps=7').stages.map((stage) => stage.steps)).toEqual([7, undefined, 7]);
    expect(applySetting(twice, 'quantize.on=no').stages.map((stage) => stage.on)).toEqual([true, false, true]);
  });

  test('of one stage by position', () => {
    expect(applySetting(twice, '3.steps=7').stages.map((stage) => stage.steps)).toEqual([2000, undefined, 7]);
    expect(applySetting(twice, '2.bits=5').stages[1]).toMatchObject({ bits: 5 });
  });

  test('of a method, whose default learning rate comes along', () => {
    expect(applySetting(normal, 'train.optimizer=sgd').stages[0]).toMatchObject({ optimizer: 'sgd', lr: 0.1 });
    expect(applySetting(normal, 'train.eps=1e-8').stages[0]).toMatchObject({ epsilon: 1e-8 });
  });
});

test('of a repeat', () => {
  const repeated = wrapInRepeat(twice, 0, 2);
  expect(applySetting(repeated, 'repeat.rounds=5').stages[0]).toMatchObject({ rounds: 5, of: 2 });
  expect(applySetting(repeated, '1.of=3').stages[0]).toMatchObject({ rounds: 3, of: 3 });
  expect(applySetting(repeated, 'repeat.on=no').stages[0]).toMatchObject({ on: false });
  expect(() => applySetting(repeated, 'repeat.of=4')).toThrow(new SettingError('Stages repeated of stage 1 can be 3 here, not 4.'));
  const long = applySetting(applySetting(wrapInRepeat(repeated, 0, 3), '1.rounds=30'), '2.on=no');
  expect(() => applySetting(long, '2.rounds=30')).not.toThrow();
  expect(() => applySetting(applySetting(long, '2.rounds=30'), '2.on=yes')).toThrow(
    new SettingError('A run has at most 300 stages, each round counted.'),
  );
});

test('of a way back is refused beyond what is trained before it', () => {
  const rewind = { ...defaultStage('rewind'), to: 500 };
  const back = { ...twice, stages: [...twice.stages, rewind] };
  expect(applySetting(back, 'rewind.to=2500').stages[3]).toMatchObject({ to: 2500 });
  expect(() => applySetting(back, 'rewind.to=2501')).toThrow(new SettingError('Back to step of stage 4 can be 2,500 here, not 2501.'));
  expect(() => applySetting(back, 'train.steps=100')).toThrow(
    new SettingError('Stage 4 goes back to step 500, but only 200 steps would be trained before it; set its step first.'),
  );
  expect(applySetting(applySetting(back, 'rewind.to=200'), 'train.steps=100').stages[3]).toMatchObject({ to: 200 });
});

test.each([
  ['seed', 'A setting is written path=value, for example train.steps=500, not "seed".'],
  ['=3', 'A setting is written path=value, for example train.steps=500, not "=3".'],
  ['seed=-1', 'Seed must be a whole number from 0 to 4,294,967,295, not -1.'],
  [
    'sead=1',
    `"sead" cannot be set; use ${oneOf(['seed', 'name', 'data.…', 'model.…', ...stageKinds.map((kind) => `${kind}.…`)])}. Did you mean seed?`,
  ],
  [
    'trian.steps=1',
    `"trian" is not a block; use ${oneOf(['data', 'model', ...stageKinds])}, or the position of a stage. Did you mean train?`,
  ],
  ['3.bits=4', 'There is no stage 3; the program has 2.'],
  ['0.bits=4', 'There is no stage 0; the program has 2.'],
  ['2.bits=17', 'Bits must be a whole number from 1 to 16, not 17.'],
  ['2.bits=four', 'Bits must be a whole number from 1 to 16, not "four".'],
  [
    '1.bits=4',
    'Stage 1 (train) has no "bits"; it has steps, optimizer, lr, epsilon, beta1, beta2, batch, loss, schedule, warmup, weightDecay, l1, l1Step, gradientThreshold, evaluateEvery, target, best, orderSeed.',
  ],
  [
    'train.decay=.5',
    'Stage 1 (train) has no decay with its current settings; it has steps, optimizer, lr, epsilon, beta1, beta2, batch, loss, schedule, warmup, weightDecay, l1, l1Step, gradientThreshold, evaluateEvery, target, best, orderSeed.',
  ],
  ['train.optimizer=adm', 'Optimizer must be adam, sgd, momentum or rmsprop, not "adm".'],
  ['train.on=maybe', 'On must be yes or no, not "maybe".'],
  ['model.widths=10', 'The model lenet-300-100 has no hidden widths with its current settings; it has id.'],
  ['data.dataset=own', 'Own files are named data.dataset=own:<checksum>, a checksum of 64 hexadecimal digits.'],
  ['data.dataset=fashion', 'Dataset must be mnist, cifar10 or own, not "fashion".'],
])('%s is refused', (setting, message) => {
  expect(() => applySetting(normal, setting)).toThrow(new SettingError(message));
});

test('a network that does not fit, and a kind that is not there, are refused', () => {
  const built = applySetting(normal, 'model.id=mlp');
  expect(() => applySetting(built, 'model.widths=4096-4096')).toThrow('Hidden widths 4096-4096 makes a network that does not fit');
  expect(() => applySetting(presetById('mnist-float')!.experiment, 'quantize.bits=4')).toThrow('The program has no quantize stage.');
});

test('a key that is not there is refused with those that are, and the nearest', () => {
  expect(() => applySetting(normal, '2.bit=4')).toThrow(
    /^Stage 2 \(quantize\) has no "bit"; it has method, bits, .+\. Did you mean bits\?$/,
  );
});
