/** Turns a way to make runners into a contender: the stopwatch and the launch counter, the same for everyone. */
import type { Contender, Job, Runner, Timing } from './contract';

export function contender(start: (job: Job) => Promise<Runner>): Contender {
  const runners = new Map<string, Runner>();
  const runner = (id: string): Runner => {
    const found = runners.get(id);
    if (!found) throw new Error(`Nothing was prepared under the name ${id}.`);
    return found;
  };
  return {
    async prepare(id, job) {
      const started = performance.now();
      const made = await start(job);
      runners.set(id, made);
      await made.issue(1);
      const firstMs = performance.now() - started;
      const { dispatches, result } = await countDispatches(() => timed(() => made.issue(1)));
      return { adapter: made.adapter, dispatches, firstMs, second: result };
    },
    run: (id, steps) => timed(() => runner(id).issue(steps)),
    async dispose(id) {
      runners.get(id)?.dispose();
      runners.delete(id);
    },
  };
}

/**
 * Everything up to the next turn of the event loop is JavaScript's own time: the calls, and the promises that wait for nothing.
 * What comes after waits for the device.
 */
async function timed(issue: () => Promise<number>): Promise<Timing> {
  const start = performance.now();
  const result = issue();
  const jsMs = (await nextTurn()) - start;
  const loss = await result;
  return { jsMs, totalMs: performance.now() - start, loss };
}

/** The time when the event loop comes round again. */
function nextTurn(): Promise<number> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      port1.close();
      resolve(now);
    };
    port2.postMessage(null);
  });
}

/** Counts the launches that `f` records, whoever records them. */
async function countDispatches<T>(f: () => Promise<T>): Promise<{ dispatches: number; result: T }> {
  if (typeof GPUComputePassEncoder === 'undefined') return { dispatches: 0, result: await f() };
  const { prototype } = GPUComputePassEncoder;
  const original = prototype.dispatchWorkgroups;
  let dispatches = 0;
  prototype.dispatchWorkgroups = function (x, y, z) {
    dispatches++;
    return original.call(this, x, y, z);
  };
  try {
    const result = await f();
    return { dispatches, result };
  } finally {
    prototype.dispatchWorkgroups = original;
  }
}
