import { describe, expect, test } from 'vitest';
import { keptRunOf } from '../testing/kept-run';
import { sweepFileOf } from '../testing/sweep-file';
import { parseSweepFile, sameSweep, sweepFileText } from './sweep-file';

const file = sweepFileOf(['quantize.bits:2,99', 'seed:1..3']);
const json = () => JSON.parse(sweepFileText(file));
const read = (change: object) => parseSweepFile({ ...json(), ...change });

describe('the file of a sweep', () => {
  test('is read back as it was', () => {
    expect(file.runs).toHaveLength(3);
    expect(parseSweepFile(json())).toEqual({ file, problems: [] });
    const together = sweepFileOf(['quantize.bits+train.lr:2+0.1,3+1e-3', 'quantize.rounding:nearest-even,stochastic']);
    expect(parseSweepFile(JSON.parse(sweepFileText(together))).file).toEqual(together);
  });

  test('reports failures of points without a run, and no others', () => {
    const { runs } = json();
    const half = read({ runs: runs.slice(1), failed: { 0: 'It burst.', 1: 'no', 4: 'mine', 77: 'nowhere', x: 'no' } });
    expect(half.file.failed).toEqual({ ...file.failed, 0: 'It burst.' });
    expect(half.file.failed[4]).toMatch(/^Bits must be/);
  });

  test('leaves out runs that are not of it, and names them', () => {
    const [first, second, third] = json().runs;
    const { file: left, problems } = read({ runs: [first, first, { ...second, sweep: third.sweep }, { ...third, sweep: null }, 7] });
    expect(left.runs).toEqual([file.runs[0]]);
    expect(problems).toEqual([
      'run 2 of 5: there are two results of this point.',
      'run 3 of 5: its experiment is not the one at its place in the sweep.',
      'run 4 of 5: it has no place in the sweep.',
      'run 5 of 5: This is not a run of Fewbits: it has another structure.',
    ]);
    const impossible = keptRunOf({ sweep: { id: 's', index: 3 } });
    expect(read({ runs: [impossible] }).problems).toHaveLength(1);
  });

  test.each([
    ['version', { version: 2 }, 'This is not a sweep of Fewbits: its version is invalid.'],
    ['id', { id: 'recorded-sr-vs-rn' }, 'This is not a sweep of Fewbits: its id is invalid.'],
    ['experiment', { experiment: 'v=1&train=steps:many' }, "The sweep's experiment cannot be read: "],
    ['axes', { axes: ['quantize.bits:8..2'] }, "The sweep's axes cannot be read: "],
    ['size', { axes: ['seed:1..100', 'quantize.bits:2..8', 'train.batch:1..16'] }, "The sweep's axes cannot be read: A sweep has at most"],
  ])('without its %s it is refused in a sentence', (_name, change, problem) => {
    expect(() => read(change)).toThrow(problem);
  });

  test('is of the same sweep where experiment and axes are the same', () => {
    expect(sameSweep(file.sweep, { ...file.sweep, name: 'other' })).toBe(true);
    expect(sameSweep(file.sweep, sweepFileOf(['quantize.bits:2,99', 'seed:1..4']).sweep)).toBe(false);
  });
});
