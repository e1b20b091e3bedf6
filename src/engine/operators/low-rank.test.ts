import { beforeAll, describe, expect, test } from 'vitest';
import { svd } from '../../numerics/linear-algebra/svd';
import { expectNear } from '../testing/annealed-case';
import { lowRankByTwin, lowRankOnBackend } from '../testing/low-rank-case';
import { on, openTestBackends } from '../testing/wasm-test-backend';
import { lowRankStructure } from './low-rank';

beforeAll(openTestBackends);

describe.each(['wasm', 'cpu'] as const)('y = (x L) R + b on %s', (backend) => {
  test.each([false, true])('values and gradients of x, L, R and b are the twin’s; ReLU: %s', async (relu) => {
    const found = await on(backend, () => lowRankOnBackend(relu));
    for (const [i, expected] of lowRankByTwin(relu).entries()) expectNear(found[i]!, expected, 4);
    expect(found[0]!.some((value) => value < 0)).toBe(!relu);
  });
});

describe('a matrix as two thin ones', () => {
  const dense = { inputs: 6, units: 5 };
  const matrix = Float32Array.from({ length: 30 }, (_, i) => Math.sin(3 * i) + (i % 4));

  test('a rank that saves nothing is no layer', () => {
    expect(lowRankStructure.layer('fc1', dense, { rank: 2 })).toEqual({ type: 'lowRank', name: 'fc1', units: 5, rank: 2 });
    expect(lowRankStructure.layer('fc1', dense, { rank: 3 })).toBeUndefined();
  });

  test('the distance from the matrix is that of the singular values left out; at full rank there is none', () => {
    const { s } = svd(matrix, 6, 5);
    for (const rank of [1, 2, 5]) {
      const back = lowRankStructure.matrix(lowRankStructure.project(matrix, dense, { rank }), dense, { rank });
      const distance = Math.hypot(...matrix.map((value, i) => value - back[i]!));
      expect(distance).toBeCloseTo(Math.hypot(...s.slice(rank)), 4);
    }
  });
});
