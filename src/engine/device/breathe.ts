const EVERY_MS = 50;

let last = 0;

/**
 * Lets timers and messages in, if that is due: on the CPU promises alone would keep a long computation deaf, and without a sign of
 * life. Call it between two pieces of work.
 */
export async function breathe(): Promise<void> {
  if (performance.now() - last < EVERY_MS) return;
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
  last = performance.now();
}
