import { expect, it } from 'vitest';
import { decodeTensor, writeModelFile } from './model-file';
import { encodeTarget, type NumberTarget, roundToTarget, targetBits } from './number-target';
import { fillNormal, fillUniform } from './rng';
import { roundings } from './rounding';
import { scaleGrid } from './scale-grid';

const targets: readonly [NumberTarget, number][] = [
  [{ kind: 'float', format: 'bf16' }, 16],
  [{ kind: 'float', format: 'e4m3fn' }, 8],
  [{ kind: 'blocks', format: 'e2m1' }, 4],
  [{ kind: 'blocks', format: 'e3m2' }, 6],
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
  ['e2m1', 4.25],
  ['e3m2', 6.25],
  ['e4m3fn', 8.25],
] as const)('blocks of %s take %d bits a weight, their exponents among them', (format, bits) => {
  const shape = [64, 10];
  const encoding = encodeTarget(new Float32Array(640).fill(0.1), shape, { kind: 'blocks', format }, { inputs: 32 }, 'nearest-even');
  const { parts } = writeModelFile({}, [{ name: 'w', role: 'weight', shape, encoding }]).ledger;
  expect(parts.reduce((sum, part) => sum + (part.tensor === 'w' ? part.bits : 0), 0) / 640).toBe(bits);
});
