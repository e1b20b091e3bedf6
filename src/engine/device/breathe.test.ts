import { afterEach, expect, test, vi } from 'vitest';
import { breathe } from './breathe';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('waits for a message of its own when the last time was long ago, and costs no turn of the event loop before', async () => {
  let messages = 0;
  const Native = MessageChannel;
  const counted = class extends Native {
    constructor() {
      super();
      messages++;
    }
  };
  vi.stubGlobal('MessageChannel', counted);
  const clock = vi.spyOn(performance, 'now');
  const messagesAt = async (time: number) => {
    clock.mockReturnValue(time);
    await breathe();
    return messages;
  };
  const start = 1_000_000;
  expect(await messagesAt(start)).toBe(1);
  expect(await messagesAt(start + 49)).toBe(1);
  expect(await messagesAt(start + 51)).toBe(2);
  expect(await messagesAt(start + 99)).toBe(2);
  expect(await messagesAt(start + 102)).toBe(3);
});
