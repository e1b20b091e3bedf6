import { expect, it } from 'vitest';
import { decodeTensor, writeModelFile } from '../container/model-file';
import { blockFormats } from '../formats/block-formats';
import { fillNormal, fillUniform } from '../random/rng';
import { roundings } from '../rounding/rounding';
import { scaleGrid } from '../scales/scale-grid';
import { encodeTarget, type NumberTarget, roundToTarget, targetBits } from './number-target';

const targets: readonly [NumberTarget, number][] = [
  [{ kind: 'float', format: 'bf16' }, 16],
  [{ kind: 'float', format: 'e4m3fn' }, 8],
  [{ kind: 'blocks', ...blockFormats.mxfp4 }, 4],
  [{ kind: 'blocks', ...blockFormats['mxfp6-e3m2'] }, 6],
  [{ kind: 'blocks', ...blockFormats.mxint8 }, 8],
  [{ kind: 'blocks', ...blockFormats.nvfp4 }, 4],
  [{ kind: 'fixed', integerBits: 2, fractionBits: 3 }, 5],
];

it.each(targets)('%o: what the file holds reads back as what was rounded', (target, bits) => {
  const shape = [40, 3];
  const [values, draws] = [new Float32Array(120), new Float32Array(120)];
  fillNormal(values, 1, 1, 1);
  fillUniform(draws, 1, 1, 1);
  expect(targetBits(target)).toBe(bits);
  for (const rounding of roundings) {
    const encoding = encodeTarget(values, shape, target, { inputs: 32 }, rounding, draws);
    const read = decodeTensor({ name: 'w', role: 'weight', shape, encoding });
    expect(read).toEqual(roundToTarget(values, target, scaleGrid(shape, { inputs: 32 }), rounding, draws));
  }
});

it.each([
  ['mxfp4', 4.25],
  ['mxfp6-e3m2', 6.25],
  ['mxfp8', 8.25],
  ['mxint8', 8.25],
  ['nvfp4', 4.5],
] as const)('%s takes %d bits a weight, its scales among them', (id, bits) => {
  const shape = [64, 10];
  const { size, ...block } = blockFormats[id];
  const encoding = encodeTarget(
    new Float32Array(640).fill(0.1),
    shape,
    { kind: 'blocks', size, ...block },
    { inputs: size },
    'nearest-even',
  );
  const { parts } = writeModelFile({}, [{ name: 'w', role: 'weight', shape, encoding }]).ledger;
  expect(parts.reduce((sum, part) => sum + (part.tensor === 'w' ? part.bits : 0), 0) / 640).toBe(bits);
});
