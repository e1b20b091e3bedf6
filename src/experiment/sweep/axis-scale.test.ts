import { expect, test } from 'vitest';
import { parseAxis } from './axis';
import { axisScale } from './axis-scale';

const rounded = (text: string) => axisScale(parseAxis(text)).positions.map((x) => Number(x.toFixed(3)));

test.each([
  ['quantize.lambda:0,1e-11..1e-8*10', 'log'],
  ['train.lr:1e-5,3e-5,1e-4,3e-4,1e-3', 'log'],
  ['train.batch:16,32,64,128', 'log'],
  ['train.lr:0.001,0.1', 'log'],
  ['quantize.bits:2..8', 'linear'],
  ['train.steps:100,400,700,1000', 'linear'],
  ['train.lr:0.001,0.01', 'linear'],
  ['quantize.lambda:0,1', 'linear'],
  ['a:-1,10,100', 'linear'],
  ['quantize.method:ste,lsq', 'words'],
  ['3.on+quantize.method:no+ste,yes+lsq', 'words'],
  ['model.widths:300-100,100', 'words'],
])('%s is %s', (text, kind) => {
  expect(axisScale(parseAxis(text)).kind).toBe(kind);
});

test('numbers lie by size, whatever their order; powers of ten in equal steps, zero one step before', () => {
  expect(rounded('quantize.bits:8,2,5')).toEqual([0.95, 0.05, 0.5]);
  expect(rounded('quantize.lambda:0,1e-10,1e-9,1e-8')).toEqual([0.05, 0.35, 0.65, 0.95]);
  expect(rounded('quantize.bits:4')).toEqual([0.5]);
  expect(rounded('quantize.method:ste,lsq')).toEqual([0.25, 0.75]);
});
