import { expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { setField, setStageValue } from '../../experiment/program/edit';
import { sharedStages } from '../../experiment/program/prefix';
import { isFirstProgram, resultOf, resultWords, tries, tryOf } from './tries';

test('each try goes on from the one before: 4 bits, 2 bits, and 500 more steps through them', () => {
  const [four, two, further] = tries.map(({ experiment }) => experiment.stages);
  expect(tryOf(defaultExperiment())).toBe(0);
  expect(two?.[1]).toEqual({ ...four?.[1], bits: 2 });
  expect(further?.map(({ kind, steps }) => [kind, steps])).toEqual([
    ['train', 2000],
    ['quantize', undefined],
    ['train', 500],
  ]);
  expect(sharedStages(tries[0]!.experiment, tries[1]!.experiment)).toBe(1);
  expect(sharedStages(tries[1]!.experiment, tries[2]!.experiment)).toBe(2);
});

test('they are offered for the default program and its edits, not for another network or seed', () => {
  for (const { experiment } of tries) expect(isFirstProgram(experiment)).toBe(true);
  const [{ experiment: four }] = tries as [(typeof tries)[0]];
  expect(isFirstProgram(setStageValue(four, 1, 'bits', 3))).toBe(true);
  expect(isFirstProgram(setField(four, 'seed', 7))).toBe(false);
  expect(isFirstProgram({ ...four, stages: four.stages.slice(0, 1) })).toBe(false);
  expect(tryOf(setStageValue(four, 1, 'bits', 3))).toBe(-1);
});

test('a result is the measured accuracy, and 32 bits for each number over the bits of the file', () => {
  const ledger = { weights: 10, denseBits: 320, totalBits: 40, parts: [] };
  expect(resultOf({ testAccuracy: 0.9659, ledger })).toEqual({ accuracy: 0.9659, smaller: 8 });
  expect(resultWords({ accuracy: 0.1843, smaller: 15.62 })).toMatch(/^18\.4\s?%, 15\.6× smaller$/);
});
