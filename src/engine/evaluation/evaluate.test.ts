import { expect, test } from 'vitest';
import type { ImageSet } from '../../datasets/types';
import { evaluate, test as measure } from './evaluate';
import type { Evaluator } from './evaluator';

/** Images of one pixel; the "network" gives these logits by image number. */
function fixed(logits: readonly (readonly number[])[], labels: readonly number[]): { set: ImageSet; evaluator: Evaluator } {
  return {
    set: { count: labels.length, labels: Uint8Array.from(labels), pixels: Uint8Array.from(labels, (_, i) => 100 + i) },
    evaluator: {
      logits: async (_set, indices) => Float32Array.from([...indices].flatMap((i) => [...(logits[i] ?? [])])),
      warmUp: async () => {},
      dispose() {},
    },
  };
}

const ln = Math.log;
const logits = [
  [ln(1), ln(2), ln(1)], // says 1 with 1/2
  [ln(6), ln(1), ln(1)], // says 0 with 3/4
  [0, 0, 0], // equal: the first class, 1/3
  [1000, 0, 999], // must not overflow
];

test('accuracy and mean cross-entropy over the chosen images', async () => {
  const { set, evaluator } = fixed(logits, [1, 1, 0, 0]);
  const { count, accuracy, loss } = await evaluate(evaluator, set, Uint32Array.of(0, 1, 2));
  expect([count, accuracy]).toEqual([3, 2 / 3]);
  expect(loss).toBeCloseTo((ln(2) + ln(8) + ln(3)) / 3, 6);
});

test('nothing to validate on counts 0', async () => {
  const { set, evaluator } = fixed(logits, [1, 1, 0, 0]);
  expect(await evaluate(evaluator, set, new Uint32Array())).toEqual({ count: 0, accuracy: 0, loss: 0 });
});

test('confusion by row of the true class, wrong images with what was said instead', async () => {
  const labels = [1, 1, 2, 0];
  const { set, evaluator } = fixed(logits, labels);
  const { report, predicted } = await measure(evaluator, set, 3, {});
  expect([...predicted]).toEqual([1, 0, 0, 0]);
  // Row 0: image 3 right. Row 1: image 0 right, image 1 taken for 0. Row 2: image 2 taken for 0.
  expect([...report.confusion]).toEqual([1, 0, 0, 1, 1, 0, 1, 0, 0]);
  expect(report).toMatchObject({ count: 4, accuracy: 0.5 });
  expect(report.loss).toBeCloseTo((ln(2) + ln(8) + ln(3) + ln(1 + Math.exp(-1))) / 4, 5);
  expect(report.wrong.map(({ index, label, predicted: said, pixels }) => [index, label, said, ...pixels])).toEqual([
    [1, 1, 0, 101],
    [2, 2, 0, 102],
  ]);
  expect(report.wrong[0]?.confidence).toBeCloseTo(0.75, 6);
  expect(report.wrong[1]?.confidence).toBeCloseTo(1 / 3, 6);
});

test('the first 60 wrong images are shown, all are counted', async () => {
  const labels = Array.from({ length: 100 }, (_, i) => (i % 4 === 0 ? 0 : 1));
  const { set, evaluator } = fixed(
    labels.map(() => [1, 0]),
    labels,
  );
  const { report } = await measure(evaluator, set, 2, {});
  expect(report.wrong).toHaveLength(60);
  expect(report.wrong.map(({ index }) => index)).toEqual(labels.flatMap((label, i) => (label === 1 ? [i] : [])).slice(0, 60));
  expect([...report.confusion]).toEqual([25, 0, 75, 0]);
  expect(report.confusion.reduce((a, b) => a + b, 0)).toBe(100);
});
