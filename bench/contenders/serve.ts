/** Lets another thread or process call a contender: one message in, one message out. */
export interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

export interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** @returns what to do with each message */
export function serve(contender: object, send: (answer: Answer) => void): (call: Call) => Promise<void> {
  return async ({ id, method, args }) => {
    try {
      const call = (contender as Record<string, (...args: readonly unknown[]) => Promise<unknown>>)[method];
      if (!call) throw new Error(`There is no ${method} here.`);
      send({ id, result: await call(...args) });
    } catch (error) {
      send({ id, error: error instanceof Error ? error.message : String(error) });
    }
  };
}
