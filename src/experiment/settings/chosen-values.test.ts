import { describe, expect, test } from 'vitest';
import { modelSettings } from '../methods/models/registry';
import { stageDefinition } from '../stages/registry';
import { defaultBlock } from './block';
import { chosenValues } from './chosen-values';

const train = stageDefinition('train').settings;
const quantize = stageDefinition('quantize').settings;

describe('the values that somebody chose', () => {
  test('none of a block at its defaults', () => {
    for (const { settings } of Object.values(stageDefinition)) expect(chosenValues(settings, defaultBlock(settings))).toEqual([]);
  });

  test('with their units, in words, and what they would be else', () => {
    expect(chosenValues(train, defaultBlock(train, { steps: 5000, optimizer: 'sgd', lr: 0.5 }))).toEqual([
      { label: 'Steps', value: '5,000 steps', normal: '2,000 steps' },
      { label: 'Optimizer', value: 'SGD', normal: 'Adam' },
      expect.objectContaining({ label: 'Optimizer: learning rate', value: '0.5' }),
    ]);
  });

  test('name the method that brings them where two methods have the same', () => {
    const chosen = chosenValues(quantize, defaultBlock(quantize, { bits: 2, activations: 'uniform', actBits: 3 }));
    expect(chosen.map(({ label }) => label)).toEqual(['Bits', 'Activations', 'Activations: bits']);
  });

  test('leave out what is shown elsewhere', () => {
    const block = defaultBlock(modelSettings, { id: 'mlp', widths: [8] });
    expect(chosenValues(modelSettings, block, ['id']).map(({ label }) => label)).toEqual(['Hidden widths']);
  });
});
