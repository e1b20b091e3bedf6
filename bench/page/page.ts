/** The page that the benchmark drives: starts a worker for each contender and passes calls on. */
import type { Answer, Call } from '../contenders/serve';

const makers: Readonly<Record<string, () => Worker>> = {
  ours: () => new Worker(new URL('./ours.worker.ts', import.meta.url), { type: 'module' }),
  tfjs: () => new Worker(new URL('./tfjs.worker.ts', import.meta.url), { type: 'module' }),
  jax: () => new Worker(new URL('./jax.worker.ts', import.meta.url), { type: 'module' }),
};

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const workers = new Map<string, Worker>();
const waiting = new Map<number, Waiting>();
let calls = 0;

function workerOf(name: string, kind: string): Worker {
  const found = workers.get(name);
  if (found) return found;
  const worker = makers[kind]?.();
  if (!worker) throw new Error(`There is no contender called ${kind}.`);
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error === undefined) call?.resolve(data.result);
    else call?.reject(new Error(data.error));
  };
  worker.onerror = (event) => {
    for (const call of waiting.values()) call.reject(new Error(event.message || 'The worker failed.'));
    waiting.clear();
  };
  workers.set(name, worker);
  return worker;
}

const bench = {
  /** @param name of the worker; `kind` says what runs in it */
  call(name: string, kind: string, method: Call['method'], args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = ++calls;
      waiting.set(id, { resolve, reject });
      workerOf(name, kind).postMessage({ id, method, args } satisfies Call);
    });
  },
  end(name: string): void {
    workers.get(name)?.terminate();
    workers.delete(name);
  },
};

Object.assign(globalThis, { bench });
