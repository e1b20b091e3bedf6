import { expect, test } from 'vitest';
import { presetById } from '../program/presets';
import { parseAxis } from './axis';
import { axisNames } from './axis-names';

const { head, tick } = axisNames(presetById('mnist-qat-finetune')!.experiment);
const ticksOf = (text: string) => {
  const axis = parseAxis(text);
  return axis.ticks.map((_, i) => tick(axis, i));
};

test('a method that changes with the switch of another stage gives the name', () => {
  const axis = '3.on+quantize.method:no+ste,yes+lsq';
  expect(head(parseAxis(axis))).toBe('Weights');
  expect(ticksOf(axis)).toEqual(['Uniform with straight-through estimator (STE), stage 3 off', 'Learned step (LSQ), stage 3 on']);
});

test('a quantizer that is off leaves float32, whatever its method', () => {
  expect(ticksOf('2.on+3.on+quantize.method:yes+no+ste,no+yes+ste')).toEqual([
    'Uniform with straight-through estimator (STE), stage 3 off',
    'float32, stage 3 on',
  ]);
});

test('switches alone are named as such', () => {
  expect(ticksOf('2.on:yes,no')).toEqual(['yes', 'no']);
});

test('several switches are named by the stages that they leave on', () => {
  const several = parseAxis('2.on+3.on:yes+no,yes+yes,no+no');
  expect(head(several)).toBe('Stages on');
  expect(several.ticks.map((_, i) => tick(several, i))).toEqual(['Quantize', 'Quantize + Train', 'none of them']);
});
