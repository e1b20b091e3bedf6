import { describe, expect, test } from 'vitest';
import { type Answer, besideRows, stageAnswer } from './beside-figures';

const answer = (accuracy: number, totalBits: number): Answer => ({ accuracy, ledger: { totalBits, weights: 1000, denseBits: 32_320 } });
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('the four numbers of two runs', () => {
  test('have a difference each: what the other has more', () => {
    const rows = besideRows(answer(0.829, 4040), answer(0.92, 32_320)).map(({ label, own, other, difference }) =>
      [label, own, other, difference].map(plain),
    );
    expect(rows).toEqual([
      ['test accuracy', '82.90 %', '92.00 %', '+9.10 points'],
      ['bits per weight', '4.04', '32.32', '+28.28'],
      ['× smaller than float32', '8.00', '1.00', '−7.00'],
      ['file', '505 B', '4.04 kB', '+3.54 kB'],
    ]);
  });

  test('are the same, or are not there yet', () => {
    expect(besideRows(answer(0.9, 4040), answer(0.9, 4040)).map(({ difference }) => difference)).toEqual(Array(4).fill('the same'));
    expect(besideRows(answer(0.9, 4040), null).map(({ other, difference }) => [other, difference])).toEqual(Array(4).fill(['–', '–']));
    expect(stageAnswer(undefined, null)).toBeNull();
  });
});
