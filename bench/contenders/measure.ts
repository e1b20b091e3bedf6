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
      const second = performance.now();
      const dispatches = await countDispatches(() => made.issue(1));
      return { adapter: made.adapter, dispatches, firstMs: second - started, stepMs: performance.now() - second };
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
async function countDispatches(f: () => Promise<unknown>): Promise<number> {
  if (typeof GPUComputePassEncoder === 'undefined') {
    await f();
    return 0;
  }
  const { prototype } = GPUComputePassEncoder;
  const original = prototype.dispatchWorkgroups;
  let count = 0;
  prototype.dispatchWorkgroups = function (x, y, z) {
    count++;
    return original.call(this, x, y, z);
  };
  try {
    await f();
    return count;
  } finally {
    prototype.dispatchWorkgroups = original;
  }
}
