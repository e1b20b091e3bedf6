import { expect, test } from 'vitest';
import { stageFigures } from './numbers';

test('figures of a stage have units', () => {
  const summary = {
    stage: 1,
    kind: 'quantize',
    steps: 0,
    valAccuracy: 0.97,
    testAccuracy: 0.9712,
    testLoss: 0.10567,
    totalBits: 824_912,
    seconds: 0.25,
  };
  const figures = Object.fromEntries(stageFigures(summary, 266_200).map(([name, value]) => [name, value.replaceAll('\u00a0', ' ')]));
  expect(figures).toEqual({
    'test accuracy': '97.12 %',
    'validation accuracy': '97.00 %',
    'test loss': '0.106',
    'training steps': '0',
    'model file': '824,912 bits, 103 kB',
    'bits per weight': '3.099',
    time: '250 ms',
  });
});
