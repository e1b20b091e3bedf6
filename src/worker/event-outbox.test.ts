import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../experiment/types/events';
import { EventOutbox } from './event-outbox';
import type { Message } from './protocol';

const metrics = (firstStep: number): RunEvent => ({
  type: 'metrics',
  stage: 0,
  firstStep,
  loss: Float32Array.of(1),
  accuracy: Float32Array.of(0),
});
const progress = (step: number): RunEvent => ({ type: 'progress', stage: 0, step, steps: 10, epoch: 0, msPerStep: 1, waiting: '' });
const warning = (message: string): RunEvent => ({ type: 'warning', message });

function outbox() {
  const batches: (readonly RunEvent[])[] = [];
  const post = (message: Message) => {
    if (message.type === 'events') batches.push(message.events);
  };
  return { batches, outbox: new EventOutbox(post) };
}

describe('the outbox', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('sends the first event at once, and what follows when 100 ms are over', () => {
    const { batches, outbox: out } = outbox();
    out.add(warning('a'));
    expect(batches).toEqual([[warning('a')]]);
    out.add(warning('b'));
    vi.advanceTimersByTime(99);
    out.add(warning('c'));
    expect(batches).toHaveLength(1);
    // Nothing else has to happen for them to be sent.
    vi.advanceTimersByTime(1);
    expect(batches.slice(1)).toEqual([[warning('b'), warning('c')]]);
    vi.advanceTimersByTime(1000);
    expect(batches).toHaveLength(2);
  });

  test('sends what is much to draw in messages of their own, at the same moment', () => {
    const { batches, outbox: out } = outbox();
    out.add(warning('a'));
    const stageDone = { type: 'stageDone', summary: {} } as RunEvent;
    out.add(warning('b'));
    out.add(stageDone);
    out.add(warning('c'));
    out.flush();
    expect(batches.slice(1)).toEqual([[warning('b'), stageDone], [warning('c')]]);
  });

  test('at most ten batches a second, every metric once and in order', () => {
    const { batches, outbox: out } = outbox();
    for (let step = 0; step < 1000; step++) {
      out.add(metrics(step));
      out.add(progress(step));
      vi.advanceTimersByTime(2);
    }
    out.flush();
    // Two seconds, the first moment, and the flush.
    expect(batches.length).toBeLessThanOrEqual(22);
    expect(batches.length).toBeGreaterThanOrEqual(20);
    const events = batches.flat();
    expect(events.flatMap((event) => (event.type === 'metrics' ? [event.firstStep] : []))).toEqual(
      Array.from({ length: 1000 }, (_, i) => i),
    );
    for (const batch of batches) expect(batch.filter((event) => event.type === 'progress').length).toBeLessThanOrEqual(1);
    expect(events.at(-1)).toEqual(progress(999));
  });

  test('keeps the order; of progress the newest', () => {
    const { batches, outbox: out } = outbox();
    out.add(warning('first'));
    for (const event of [progress(1), metrics(1), progress(2), warning('x'), metrics(2)]) out.add(event);
    out.flush();
    expect(batches[1]).toEqual([metrics(1), progress(2), warning('x'), metrics(2)]);
  });

  test('a flush with nothing waiting sends nothing, and nothing is sent twice', () => {
    const { batches, outbox: out } = outbox();
    out.flush();
    out.add(warning('a'));
    out.add(warning('b'));
    out.flush();
    out.flush();
    vi.advanceTimersByTime(1000);
    expect(batches).toEqual([[warning('a')], [warning('b')]]);
  });
});
