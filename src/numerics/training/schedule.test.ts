import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learningRate, type ScheduleOptions } from './schedule';

const lr = 0.8;

describe('learningRate', () => {
  it('constant stays', () => {
    expect([0, 5, 99].map((step) => learningRate({ schedule: 'constant', lr }, step, 100))).toEqual([lr, lr, lr]);
  });

  it('step halves every ten steps', () => {
    const options = { schedule: 'step', lr, dropEvery: 10, dropFactor: 0.5 } as const;
    expect([0, 9, 10, 19, 20, 39].map((step) => learningRate(options, step, 40))).toEqual([0.8, 0.8, 0.4, 0.4, 0.2, 0.1]);
  });

  it('two drops come at their shares of the stage, each by its factor', () => {
    const options = { schedule: 'two-drops', lr, firstDrop: 40, firstFactor: 0.5, secondDrop: 60, secondFactor: 0.2 } as const;
    const rates = [0, 39, 40, 59, 60, 99].map((step) => learningRate(options, step, 100));
    for (const [i, rate] of [0.8, 0.8, 0.4, 0.4, 0.08, 0.08].entries()) expect(rates[i]).toBeCloseTo(rate, 12);
    // 40 % of 7 steps are 2.8: step 3 is the first after them.
    expect([2, 3].map((step) => learningRate(options, step, 7))).toEqual([0.8, 0.4]);
  });

  it('cosine starts at lr, is halfway in the middle and heads for the floor', () => {
    expect(learningRate({ schedule: 'cosine', lr }, 0, 100)).toBe(lr);
    expect(learningRate({ schedule: 'cosine', lr }, 50, 100)).toBeCloseTo(0.4, 12);
    expect(learningRate({ schedule: 'cosine', lr }, 100, 100)).toBeCloseTo(0, 12);
    expect(learningRate({ schedule: 'cosine', lr, floor: 0.25 }, 50, 100)).toBeCloseTo(0.8 * 0.625, 12);
    expect(learningRate({ schedule: 'cosine', lr, floor: 0.25 }, 100, 100)).toBeCloseTo(0.2, 12);
  });

  it('exponential falls by the same factor in equal times, after the warm-up', () => {
    const options = { schedule: 'exponential', lr, endFactor: 0.01 } as const;
    expect(learningRate(options, 0, 100)).toBe(lr);
    expect(learningRate(options, 50, 100)).toBeCloseTo(0.08, 12);
    expect(learningRate(options, 100, 100)).toBeCloseTo(0.008, 12);
    expect(learningRate({ ...options, warmup: 20 }, 60, 100)).toBeCloseTo(0.08, 12);
  });

  it('warm-up rises in a straight line to the full rate, and the cosine begins after it', () => {
    const warm = (step: number) => learningRate({ schedule: 'constant', lr, warmup: 3 }, step, 10);
    [0.2, 0.4, 0.6, 0.8, 0.8].forEach((expected, step) => {
      expect(warm(step)).toBeCloseTo(expected, 12);
    });
    expect(learningRate({ schedule: 'cosine', lr, warmup: 20 }, 20, 100)).toBe(lr);
    expect(learningRate({ schedule: 'cosine', lr, warmup: 20 }, 60, 100)).toBeCloseTo(0.4, 12);
  });

  it('is never above lr, never negative, and falls once warm', () => {
    const options = fc.record({
      schedule: fc.constantFrom<ScheduleOptions['schedule']>('constant', 'step', 'two-drops', 'cosine', 'exponential'),
      lr: fc.double({ min: 1e-7, max: 10, noNaN: true }),
      dropEvery: fc.integer({ min: 1, max: 50 }),
      dropFactor: fc.double({ min: 0.001, max: 1, noNaN: true }),
      firstDrop: fc.integer({ min: 0, max: 100 }),
      firstFactor: fc.double({ min: 0.001, max: 1, noNaN: true }),
      secondDrop: fc.integer({ min: 0, max: 100 }),
      secondFactor: fc.double({ min: 0.001, max: 1, noNaN: true }),
      floor: fc.double({ min: 0, max: 1, noNaN: true }),
      endFactor: fc.double({ min: 1e-6, max: 1, noNaN: true }),
      warmup: fc.integer({ min: 0, max: 120 }),
    });
    fc.assert(
      fc.property(options, fc.integer({ min: 1, max: 100 }), (o, steps) => {
        let previous = Number.POSITIVE_INFINITY;
        for (let step = 0; step < steps; step++) {
          const rate = learningRate(o, step, steps);
          expect(rate).toBeGreaterThanOrEqual(0);
          expect(rate).toBeLessThanOrEqual(o.lr * (1 + 1e-12));
          if (step >= o.warmup) {
            expect(rate).toBeLessThanOrEqual(previous * (1 + 1e-12));
            previous = rate;
          }
        }
      }),
    );
  });
});
