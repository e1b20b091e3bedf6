/** Lets another thread or process call a contender: one message in, one message out. */
import type { Contender } from './contract';

export interface Call {
  readonly id: number;
  readonly method: keyof Contender;
  readonly args: readonly unknown[];
}

export interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** @returns what to do with each message */
export function serve(contender: Contender, send: (answer: Answer) => void): (call: Call) => Promise<void> {
  return async ({ id, method, args }) => {
    try {
      const call = contender[method] as (...args: readonly unknown[]) => Promise<unknown>;
      send({ id, result: await call(...args) });
    } catch (error) {
      send({ id, error: error instanceof Error ? error.message : String(error) });
    }
  };
}
