import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultExperiment, defaultStage } from '../experiment/program/defaults';
import { setStageValue } from '../experiment/program/edit';
import { presetById } from '../experiment/program/presets';
import type { RunRecord } from '../experiment/types/events';
import { fileName, recordText } from './downloads';

it('is JSON that reads back to the record', () => {
  const record: RunRecord = {
    experiment: defaultExperiment(),
    url: '#v=1',
    backend: { name: 'wasm', adapter: '', reasons: ['This browser has no WebGPU.'] },
    seed: 1,
    steps: 10,
    testAccuracy: 0.5,
    valAccuracy: 0.25,
    trainLoss: null,
    stages: [],
    ledger: { weights: 2, denseBits: 64, totalBits: 96, parts: [{ name: 'header', kind: 'header', tensor: '', bits: 96 }] },
    digest: 'ab',
    seconds: 1.5,
  };
  const text = recordText(record);
  expect(JSON.parse(text)).toEqual(record);
  expect(text.endsWith('}\n')).toBe(true);
  expect(JSON.parse(recordText({ ...record, valAccuracy: Number.NaN })).valAccuracy).toBeNull();
});

const experiment = { ...defaultExperiment(), seed: 7 };

describe('fileName', () => {
  it('names an experiment without a title by data, model and bits', () => {
    const preset = presetById('mnist-ptq-4bit')?.experiment;
    expect(preset && fileName({ ...preset, name: '', seed: 7 })).toBe('mnist-lenet-300-100-4bit-seed-7');
    const float = presetById('mnist-float')?.experiment;
    expect(float && fileName({ ...float, name: '', seed: 7 })).toBe('mnist-lenet-300-100-float32-seed-7');
  });

  it('does not count a stage that is switched off', () => {
    const preset = presetById('mnist-ptq-4bit')?.experiment;
    const stages = (preset?.stages ?? []).map((stage) => ({ ...stage, on: stage.kind !== 'quantize' }));
    expect(preset && fileName({ ...preset, name: '', stages, seed: 7 })).toBe('mnist-lenet-300-100-float32-seed-7');
  });

  it('takes the bits of the stage that stores weights with a number of them, whatever follows it', () => {
    const preset = presetById('mnist-prune-quantize')?.experiment;
    expect(preset && fileName({ ...preset, name: '', seed: 7 })).toBe('mnist-lenet-300-100-8bit-seed-7');
    const pruned = presetById('mnist-prune-90')?.experiment;
    expect(pruned && fileName({ ...pruned, name: '', seed: 7 })).toBe('mnist-lenet-300-100-float32-seed-7');
  });

  it('names the method where the last quantizer has no bits, whatever an earlier one had', () => {
    const preset = presetById('mnist-ptq-4bit')?.experiment;
    const stages = [
      ...(preset?.stages ?? []),
      setStageValue({ ...experiment, stages: [defaultStage('quantize')] }, 0, 'method', 'bwn').stages[0]!,
    ];
    expect(stages.at(-1)).not.toHaveProperty('bits');
    expect(preset && fileName({ ...preset, name: '', stages, seed: 7 })).toBe('mnist-lenet-300-100-bwn-seed-7');
  });

  it.each([
    ['My first run: 4 bits!', 'my-first-run-4-bits-seed-7'],
    ['../../etc/passwd', 'etc-passwd-seed-7'],
    ['Zürich / 東京', 'zürich-東京-seed-7'],
  ])('makes a name of the title %s', (name, expected) => {
    expect(fileName({ ...experiment, name })).toBe(expected);
  });

  it('never holds anything but letters, marks, digits and hyphens, and is never long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const made = fileName({ ...experiment, name });
        expect(made).toMatch(/^[\p{L}\p{M}\p{N}-]+-seed-7$/u);
        expect(Array.from(made).length).toBeLessThanOrEqual(67);
      }),
    );
  });
});
