import { describe, expect, test, vi } from 'vitest';
import { MetricsBuffer } from './metrics-buffer';

const floats = (...values: number[]) => Float32Array.from(values);

describe('MetricsBuffer', () => {
  test('appends, replaces from the first step on, and marks steps that never came', () => {
    const buffer = new MetricsBuffer();
    buffer.append(0, floats(3, 2, 1), floats(0, 0.5, 1));
    expect([...buffer.loss.subarray(0, buffer.steps)]).toEqual([3, 2, 1]);
    buffer.append(1, floats(9), floats(0.25));
    expect([...buffer.loss.subarray(0, buffer.steps)]).toEqual([3, 9]);
    expect([...buffer.accuracy.subarray(0, buffer.steps)]).toEqual([0, 0.25]);
    buffer.append(3, floats(4), floats(1));
    expect([...buffer.loss.subarray(0, buffer.steps)]).toEqual([3, 9, Number.NaN, 4]);
  });

  test('grows beyond its first size and keeps what it held', () => {
    const buffer = new MetricsBuffer();
    for (let i = 0; i < 10; i++) buffer.append(i * 1000, new Float32Array(1000).fill(i), new Float32Array(1000).fill(i / 10));
    expect(buffer.steps).toBe(10_000);
    expect(buffer.loss[0]).toBe(0);
    expect(buffer.loss[4999]).toBe(4);
    expect(buffer.loss[9999]).toBe(9);
  });

  test('notifies its listeners until they leave', () => {
    const buffer = new MetricsBuffer();
    const listener = vi.fn();
    const leave = buffer.subscribe(listener);
    buffer.append(0, floats(1), floats(1));
    leave();
    buffer.append(1, floats(1), floats(1));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('notes where stages begin, with NaN for those that did not run', () => {
    const buffer = new MetricsBuffer();
    buffer.startStage(0, 0);
    buffer.startStage(2, 60);
    expect(buffer.boundaries).toEqual([0, Number.NaN, 60]);
  });

  test('forgets later stages and keeps the kept ones, two validations at one step included', () => {
    const buffer = new MetricsBuffer();
    buffer.append(0, new Float32Array(60), new Float32Array(60));
    buffer.startStage(0, 0);
    buffer.addEvaluation({ stage: 0, step: 60, accuracy: 0.9, loss: 0.3 });
    buffer.startStage(1, 60);
    buffer.addEvaluation({ stage: 1, step: 60, accuracy: 0.8, loss: 0.6 });
    expect(buffer.evaluations).toHaveLength(2);
    buffer.truncate(60, 1);
    expect(buffer.steps).toBe(60);
    expect(buffer.evaluations.map((e) => e.accuracy)).toEqual([0.9]);
    expect(buffer.boundaries).toEqual([0]);
    buffer.truncate(0, 0);
    expect([buffer.steps, buffer.evaluations, buffer.boundaries]).toEqual([0, [], []]);
  });

  test('a stage that continues from its middle keeps what it measured before', () => {
    const buffer = new MetricsBuffer();
    buffer.append(0, new Float32Array(60), new Float32Array(60));
    buffer.startStage(0, 0);
    for (const step of [20, 40, 60]) buffer.addEvaluation({ stage: 0, step, accuracy: step / 100, loss: 1 });
    buffer.truncate(50, 0);
    expect(buffer.steps).toBe(50);
    expect(buffer.evaluations.map((e) => e.step)).toEqual([20, 40]);
    expect(buffer.boundaries).toEqual([0]);
  });
});
