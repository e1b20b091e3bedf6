/** The page's end of the wire to the worker that reads model files. */
import type { Normalization } from '../experiment/types/experiment';
import type { Failed, FileCommand, FileMessage, FileReport, FileTest } from './protocol-file';

export interface FileClient {
  readonly open: (bytes: Uint8Array) => Promise<FileReport | Failed>;
  readonly test: (bytes: Uint8Array, dataUrl: string, normalize: Normalization) => Promise<FileTest | Failed>;
}

/** What the client needs of a worker; tests have their own. */
export interface FileWorkerLike {
  postMessage(command: FileCommand): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FileMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

function startHost(): FileWorkerLike {
  return new Worker(new URL('./model-file/host.ts', import.meta.url), { type: 'module', name: 'fewbits files' });
}

/** A client whose answers never reject. The first question starts the worker, and so does the first one after a crash. */
export function createFileClient(start: () => FileWorkerLike = startHost): FileClient {
  let worker: FileWorkerLike | null = null;
  const waiting = new Map<number, (answer: never) => void>();
  let requests = 0;
  const running = (): FileWorkerLike => {
    if (worker) return worker;
    worker = start();
    worker.onmessage = ({ data }) => {
      waiting.get(data.request)?.((data.type === 'opened' ? data.report : data.result) as never);
      waiting.delete(data.request);
    };
    // A worker that stopped answers nothing any more, so it is not asked again.
    worker.onerror = () => {
      worker?.terminate();
      worker = null;
      for (const answer of waiting.values()) answer({ failed: 'The reader of model files stopped. Open the file again.' } as never);
      waiting.clear();
    };
    return worker;
  };
  const ask = <T>(command: (request: number) => FileCommand) =>
    new Promise<T | Failed>((resolve) => {
      const request = ++requests;
      waiting.set(request, resolve);
      running().postMessage(command(request));
    });
  return {
    open: (bytes) => ask((request) => ({ type: 'open', request, bytes })),
    test: (bytes, dataUrl, normalize) => ask((request) => ({ type: 'test', request, bytes, dataUrl, normalize })),
  };
}
