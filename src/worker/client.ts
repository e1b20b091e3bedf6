/** The page's end of the wire to the engine's worker: typed both ways, survives a crash, can be restarted. */
import type { DataBlock } from '../experiment/types/experiment';
import type { Command, Message, TestImages } from './protocol';

export interface WorkerClient {
  /** Sends a command. The first one starts the worker. */
  readonly send: (command: Command) => void;
  /** Asks for the current model file. Rejects if the worker ends before it answers. */
  readonly exportModel: () => Promise<Uint8Array>;
  /** Asks for labels and some images of a test set. Rejects with a sentence if they cannot be read. */
  readonly testImages: (data: DataBlock, indices: readonly number[]) => Promise<TestImages>;
  /** Ends the worker, whatever it is doing. The next `send` starts a fresh one, which has to be initialised again. */
  readonly stop: () => void;
}

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** What the client needs of a Worker; tests give their own. */
export interface WorkerLike {
  postMessage(command: Command): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Message>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

function startHost(): WorkerLike {
  return new Worker(new URL('./host.ts', import.meta.url), { type: 'module', name: 'fewbits engine' });
}

const CRASH = 'The engine stopped unexpectedly';

/**
 * A client whose worker is started by the first command. Every message goes to `onMessage`; a crash of the worker arrives there
 * too, as a `fatal` message, so that one place is notified of trouble.
 */
export function createClient(onMessage: (message: Message) => void, start: () => WorkerLike = startHost): WorkerClient {
  let worker: WorkerLike | null = null;
  let requests = 0;
  const waiting = new Map<number, Waiting<Uint8Array>>();
  const looking = new Map<number, Waiting<TestImages>>();

  const stop = () => {
    worker?.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error('The engine was stopped before the model file was ready.'));
    for (const { reject } of looking.values()) reject(new Error('The engine was stopped.'));
    waiting.clear();
    looking.clear();
  };

  const crashed = (detail: string) => {
    stop();
    onMessage({ type: 'fatal', message: detail ? `${CRASH}: ${detail}` : `${CRASH}.` });
  };

  const receive = (message: Message) => {
    if (message.type === 'model') {
      waiting.get(message.request)?.resolve(message.bytes);
      waiting.delete(message.request);
    }
    if (message.type === 'testImages') {
      const { request, images } = message;
      if ('failed' in images) looking.get(request)?.reject(new Error(images.failed));
      else looking.get(request)?.resolve(images);
      looking.delete(request);
    }
    onMessage(message);
  };

  const running = (): WorkerLike => {
    if (worker) return worker;
    worker = start();
    worker.onmessage = (event) => receive(event.data);
    worker.onerror = (event) => crashed(event.message ?? '');
    worker.onmessageerror = () => crashed('it sent an unreadable message.');
    return worker;
  };

  const send = (command: Command) => running().postMessage(command);

  return {
    send,
    stop,
    exportModel: () =>
      new Promise((resolve, reject) => {
        const request = ++requests;
        waiting.set(request, { resolve, reject });
        send({ type: 'exportModel', request });
      }),
    testImages: (data, indices) =>
      new Promise((resolve, reject) => {
        const request = ++requests;
        looking.set(request, { resolve, reject });
        send({ type: 'testImages', request, data, indices });
      }),
  };
}
