import { expect, test } from 'vitest';
import { sweepFileOf } from '../experiment/testing/sweep-file';
import { sweepFileName } from './downloads';
import { sweepCsv } from './sweep-csv';

test('a point is a row: what varies, the run, why it failed; one that has not run is none', () => {
  const file = sweepFileOf(['quantize.bits:2,99', 'seed:1,2']);
  const [head, first, second, third, ...rest] = sweepCsv({ ...file, runs: file.runs.slice(0, 1) }).split('\r\n');
  expect(head).toMatch(/^quantize\.bits,seed,name,created,test accuracy,.*,note,failed$/);
  expect(first).toMatch(/^2,1,,2026-11-21T04:00:00\.000Z,0\.9,.*,s 0,,$/);
  expect(second).toMatch(/^99,1,,,.*,"?Bits must be/);
  expect(third).toMatch(/^99,2,/);
  expect(rest).toEqual(['']);
});

test('the file is named after the sweep, else after what was swept', () => {
  const { sweep } = sweepFileOf(['seed:1']);
  expect(sweepFileName(sweep)).toBe('mine-sweep');
  expect(sweepFileName({ ...sweep, name: '' })).toBe('mnist-lenet-300-100-sweep');
});
