import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultExperiment } from '../program/defaults';
import { sharedStages } from '../program/prefix';
import { presetById } from '../program/presets';
import { axisText, parseAxis, SweepError, tickLabel } from './axis';
import { branchOrder, stepsToTrain } from './order';
import { pointCount, pointsOf, type Sweep } from './sweep';

const sweepOf = (...axes: string[]): Sweep => ({ name: '', experiment: defaultExperiment(), axes: axes.map(parseAxis) });

describe('an axis as text', () => {
  test.each([
    ['quantize.bits:2,3,8', ['2', '3', '8']],
    ['quantize.bits:2..5', ['2', '3', '4', '5']],
    ['train.batch:16..64/16', ['16', '32', '48', '64']],
    ['quantize.lambda:1e-11..1e-8*10', ['1e-11', '1e-10', '1e-9', '1e-8']],
    ['quantize.lambda:0,1e-3..0.1*10', ['0', '0.001', '0.01', '0.1']],
    ['train.lr:0.1..0.3/0.1', ['0.1', '0.2', '0.3']],
    ['seed:1..1', ['1']],
  ])('%s', (text, values) => {
    const axis = parseAxis(text);
    expect(axis.ticks).toEqual(values.map((value) => [value]));
    expect(parseAxis(axisText(axis))).toEqual(axis);
  });

  test('settings that change together', () => {
    const axis = parseAxis('3.on+quantize.method:no+ste,yes+lsq');
    expect(axis).toEqual({
      paths: ['3.on', 'quantize.method'],
      ticks: [
        ['no', 'ste'],
        ['yes', 'lsq'],
      ],
    });
    expect(axisText(axis)).toBe('3.on+quantize.method:no+ste,yes+lsq');
    expect(tickLabel(axis, 1)).toBe('yes, lsq');
  });

  test.each([
    ['a:2,4,', 'There is no value after the last comma.'],
    ['a:,4', 'There is no value before the first comma.'],
    ['a:2,,3', 'There is no value between two commas.'],
    ['a:', 'There is no value after the colon: an axis needs one.'],
    ['a+b:1+,2+3', '"1+" must give a value for each of a, b.'],
    ['train.lr:0,01', 'A comma separates values; write decimals with a point, as in 0.01.'],
    ['train.lr:0,001,0,01', 'A comma separates values; write decimals with a point, as in 0.01.'],
    ['a:2;3', 'Values are separated by commas, as in quantize.bits:2,3,4; a semicolon separates axes.'],
  ])('%s: %s', (text, problem) => {
    expect(() => parseAxis(text)).toThrow(problem);
  });

  test.each([
    ['train.lr:0.01,1e-2', 'The axis train.lr has one value twice: "0.01" and "1e-2" mean the same.'],
    ['train.lr:0.1,.1', '"0.1" and ".1" mean the same.'],
    ['quantize.on:yes,true', '"yes" and "true" mean the same.'],
    ['quantize.on:no,OFF', '"no" and "OFF" mean the same.'],
    ['quantize.bits:4,2..6', 'The axis quantize.bits has the value "4" twice.'],
    ['3.on+train.lr:no+1,false+1.0', '"no+1" and "false+1.0" mean the same.'],
  ])('equal values are found by what they mean: %s', (text, problem) => {
    expect(() => parseAxis(text)).toThrow(problem);
  });

  test('values that only look alike stay two', () => {
    expect(parseAxis('3.on+train.lr:no+1,no+0.1').ticks).toHaveLength(2);
    expect(parseAxis('quantize.method:lsq,LSQ').ticks).toHaveLength(2);
    expect(parseAxis('model.widths:300-100,300').ticks).toHaveLength(2);
  });

  test.each(['', 'bits', ':2', 'a:', 'a:1,', 'a:1,1', 'a+b:1', 'a+b:1+2+3', 'a:5..2', 'a:0..1*10', 'a:1..9/0', 'a:1..1e9', 'a:1..x'])(
    '%s is refused in a sentence',
    (text) => {
      expect(() => parseAxis(text)).toThrow(SweepError);
      expect(() => parseAxis(text)).toThrow(/^[A-Z"].*\.$/);
    },
  );
});

describe('points of a sweep', () => {
  test('are all combinations, the last axis fastest', () => {
    const sweep = sweepOf('quantize.bits:2,4', 'seed:1..3');
    const points = pointsOf(sweep);
    expect(points.length).toBe(pointCount(sweep));
    expect(points.map(({ ticks }) => ticks)).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    expect(points.map(({ experiment }) => [experiment.stages[1]?.bits, experiment.seed])).toEqual([
      [2, 1],
      [2, 2],
      [2, 3],
      [4, 1],
      [4, 2],
      [4, 3],
    ]);
    expect(pointsOf(sweepOf()).length).toBe(1);
  });

  test('one that makes no sense says why; too many are refused', () => {
    const [wrong, right] = pointsOf(sweepOf('quantize.bits:99,3'));
    expect(wrong?.problem).toMatch(/^Bits must be a whole number/);
    expect(right?.problem).toBe('');
    const [meant] = pointsOf(sweepOf('quantize.bits:2-8'));
    expect(meant?.problem).toMatch(/^Bits must be .* A range is written 2\.\.8\.$/);
    expect(() => pointsOf(sweepOf('seed:1..100', 'quantize.bits:2..8', 'train.batch:1..16'))).toThrow('at most 2,000 runs, not 11,200');
    const twice = pointsOf(sweepOf('quantize.bits:2,3', 'quantize.bits:4,5'));
    expect(twice.map(({ problem }) => problem)).toEqual([
      '',
      '',
      'This is the same experiment as run 1.',
      'This is the same experiment as run 2.',
    ]);
    expect(() => pointsOf(sweepOf('seed:1', 'seed:1', 'seed:1', 'seed:1'))).toThrow('at most 3 axes');
  });
});

describe('order by branches', () => {
  test('points that share a trained prefix follow each other, and its steps are counted once', () => {
    const points = pointsOf(sweepOf('quantize.bits:2,4', 'seed:1,2'));
    expect(branchOrder(points).map(({ ticks }) => ticks)).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ]);
    expect(stepsToTrain(points)).toBe(2 * 2000);
    expect(stepsToTrain(pointsOf(sweepOf('train.lr:0.1,0.2', 'quantize.bits:2,4')))).toBe(2 * 2000);
  });

  test('rounds are an axis, and those that are shared are trained once', () => {
    const experiment = presetById('mnist-ticket')!.experiment;
    const points = pointsOf({ name: '', experiment, axes: ['repeat.rounds:2,4', 'prune.amount:20,50'].map(parseAxis) });
    expect(points.map(({ problem }) => problem)).toEqual(['', '', '', '']);
    expect(points[2]?.experiment.stages[0]).toMatchObject({ rounds: 4, of: 3 });
    // For each amount 4 rounds and the training after them: that after 2 rounds is that of the third.
    expect(stepsToTrain(points)).toBe(1000 + 2 * 4 * 1000);
    expect(pointsOf({ name: '', experiment, axes: [parseAxis('repeat.of:3,9')] }).map(({ problem }) => problem)).toEqual([
      '',
      'Stages repeated of stage 1 can be 4 here, not 9.',
    ]);
  });

  test('keeps every point, and no branch is entered twice', () => {
    const axis = fc.constantFrom('quantize.bits:2,3', 'seed:1,2', 'train.steps:10,20,30', 'quantize.on:no,yes', 'train.batch:8,16');
    fc.assert(
      fc.property(fc.uniqueArray(axis, { maxLength: 3 }), (axes) => {
        const points = pointsOf(sweepOf(...axes));
        const ordered = branchOrder(points);
        expect(ordered.map(({ index }) => index).sort((a, b) => a - b)).toEqual(points.map(({ index }) => index));
        for (let depth = 1; depth <= 2; depth++) {
          const same = (i: number, j: number) => sharedStages(ordered[i]!.experiment, ordered[j]!.experiment) >= depth;
          for (let i = 0; i < ordered.length; i++)
            for (let j = i + 2; j < ordered.length; j++) if (same(i, j)) for (let k = i + 1; k < j; k++) expect(same(i, k)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });
});
