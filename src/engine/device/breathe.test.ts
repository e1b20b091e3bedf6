import { expect, test, vi } from 'vitest';
import { breathe } from './breathe';

test('lets a waiting message in when the last time was long ago, and costs no turn of the event loop before', async () => {
  const clock = vi.spyOn(performance, 'now');
  clock.mockReturnValue(1_000);
  await breathe();
  let arrived = false;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    arrived = true;
    port1.close();
  };
  port2.postMessage(null);
  clock.mockReturnValue(1_049);
  await breathe();
  expect(arrived).toBe(false);
  clock.mockReturnValue(1_051);
  for (let tries = 0; tries < 20 && !arrived; tries++) {
    clock.mockReturnValue(1_051 + 100 * tries);
    await breathe();
  }
  expect(arrived).toBe(true);
  clock.mockRestore();
});
