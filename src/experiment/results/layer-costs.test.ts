import { expect, test } from 'vitest';
import { writeModelFile } from '../../numerics/container/model-file';
import { isWholeModel, layerCosts } from './layer-costs';

test('bits for values and for indices are counted per kept weight; other layers, biases and the header are left out', () => {
  const kept = Uint8Array.of(1, 0, 0, 1, 0, 1, 0, 1);
  const codes = Int32Array.from(kept, (keep, i) => (keep ? (i % 3) - 1 : 0));
  const { ledger } = writeModelFile({}, [
    {
      name: 'fc1/kernel',
      role: 'weight',
      shape: [4, 2],
      encoding: { kind: 'uniform', bits: 4, codes, scales: Float32Array.of(0.5) },
      support: { kind: 'bitmask', kept },
    },
    { name: 'fc1/bias', role: 'bias', shape: [2], encoding: { kind: 'float32', values: new Float32Array(2) } },
    { name: 'fc2/left', role: 'weight', shape: [2, 1], encoding: { kind: 'float32', values: new Float32Array(2) } },
  ]);
  const costs = layerCosts(ledger, [
    { layer: 'fc1', shape: [4, 2], pruned: 4 },
    { layer: 'fc2 left', shape: [2, 1] },
  ]);
  expect(costs[0]).toEqual({ layer: 'fc1', weights: 8, kept: 4, weightBits: 4, indexBits: 2, bits: 16 + 8 + 32, denseBits: 256 });
  expect(costs[1]).toEqual({ layer: 'fc2 left', weights: 2, kept: 2, weightBits: 32, indexBits: 0, bits: 64, denseBits: 64 });
});

test('a ledger with more weights than the layers is that of a network that lost some', () => {
  const ledger = { weights: 10, denseBits: 320, totalBits: 64, parts: [] };
  expect(isWholeModel(ledger, [{ weights: 6 }, { weights: 4 }])).toBe(true);
  expect(isWholeModel(ledger, [{ weights: 6 }, { weights: 3 }])).toBe(false);
});
