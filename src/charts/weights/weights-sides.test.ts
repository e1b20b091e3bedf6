import { describe, expect, test } from 'vitest';
import { type LayerWeights, nearestItem, sharedAxes, sideRows, sideWords, weightsItems, weightsSide } from './weights-sides';

const latent = { min: -1, max: 1, counts: [1, 2, 1, 0] };
const float: LayerWeights = { latent, stored: null };
const stored: LayerWeights = {
  latent,
  stored: { values: [-2, 0, 2], counts: [1, 2, 1], step: 2, bits: 2, distinct: 3, possible: 4, zeros: 2 },
};
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('the weights of two runs', () => {
  test('have the axes that both need: half a step of air beside the levels, the larger density, shares to a half', () => {
    const layers = [float, stored];
    // Bins of 0.5: half the weights in one is 1 a unit. Half the weights have one value.
    expect(sharedAxes(layers, layers.map(weightsSide))).toEqual({ domain: [-3, 3], peak: 1, top: 0.5 });
  });

  test('are read in order of the weight, from both', () => {
    const items = weightsItems([weightsSide(float), weightsSide(stored)]);
    expect(items.map(({ side, at }) => [side, at])).toEqual([
      [1, -2],
      [0, -0.75],
      [0, -0.25],
      [1, 0],
      [0, 0.25],
      [0, 0.75],
      [1, 2],
    ]);
    expect(plain(items[3]!.text)).toBe('in the file: near 0 · 2 weights (50.0 %)');
    expect(nearestItem(items, 0, 0.1)).toBe(4);
    expect(nearestItem(items, 1, 0.1)).toBe(3);
    expect(nearestItem(items, 2, 0)).toBeNull();
  });

  test('in words and in rows', () => {
    expect(plain(sideWords(float))).toBe('32-bit floats between −1.00 and 0.500, 4 weights');
    expect(plain(sideWords(stored))).toBe(
      '3 of the 4 possible values of 2 bits between −2.00 and 2.00, 50 % of 4 weights are 0 in the file',
    );
    expect(sideRows(weightsSide(stored)).map((row) => plain(row.join(' | ')))).toEqual([
      'in the file | −2.00 | 1 | 25.0 %',
      'in the file | 0 | 2 | 50.0 %',
      'in the file | 2.00 | 1 | 25.0 %',
      'while training | −1.00 to −0.500 | 1 | 25.0 %',
      'while training | −0.500 to 0 | 2 | 50.0 %',
      'while training | 0 to 0.500 | 1 | 25.0 %',
      'while training | 0.500 to 1.00 | 0 | 0.0 %',
    ]);
  });
});
