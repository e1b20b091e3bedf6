import { expect, test } from 'vitest';
import { presetById } from './presets';
import { trainingTime } from './run-time';

const of = (id: string) => presetById(id)!.experiment;

test('the same network: in proportion to steps and batch', () => {
  const timed = [{ experiment: of('mnist-float'), batch: 32, steps: 100, seconds: 1 }];
  // 2,000 steps of 64 images are 40 times 100 steps of 32.
  expect(trainingTime(of('mnist-ptq-4bit'), timed)).toBeCloseTo(40, 10);
  // Five rounds of 1,000 steps and 1,000 more.
  expect(trainingTime(of('mnist-ticket'), timed)).toBeCloseTo(120, 10);
});

test('another network: in proportion to its multiply-accumulates', () => {
  const timed = [{ experiment: of('mnist-float'), batch: 64, steps: 2000, seconds: 10 }];
  // 784·128 + 128·10 products an image in 34,375 steps of 32, against 784·300 + 300·100 + 100·10 in 2,000 of 64.
  expect(trainingTime(of('thesis-mlp-float'), timed)).toBeCloseTo((10 * 34_375 * 32 * 101_632) / (2000 * 64 * 266_200), 8);
});

test('a measurement of the same network counts alone', () => {
  const timed = [
    { experiment: of('mnist-float'), batch: 64, steps: 2000, seconds: 10 },
    { experiment: of('cifar-float'), batch: 64, steps: 100, seconds: 3 },
  ];
  expect(trainingTime(of('cifar-float'), timed)).toBeCloseTo(60, 10);
});

test('nothing measured, nothing said', () => {
  expect(trainingTime(of('mnist-float'), [])).toBeNull();
  const own = { ...of('mnist-float'), data: { ...of('mnist-float').data, dataset: 'own' } };
  expect(trainingTime(own, [{ experiment: of('mnist-float'), batch: 64, steps: 1, seconds: 1 }])).toBeNull();
});
