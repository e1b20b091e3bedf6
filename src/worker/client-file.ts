/** The page's end of the wire to the worker that reads model files. */
import type { Normalization } from '../experiment/types/experiment';
import type { Failed, FileCommand, FileMessage, FileReport, FileTest } from './protocol-file';

export interface FileClient {
  readonly open: (bytes: Uint8Array) => Promise<FileReport | Failed>;
  readonly test: (bytes: Uint8Array, dataUrl: string, normalize: Normalization) => Promise<FileTest | Failed>;
}

/** Starts the worker. Its answers never reject. */
export function createFileClient(): FileClient {
  const worker = new Worker(new URL('./model-file/host.ts', import.meta.url), { type: 'module', name: 'fewbits files' });
  const waiting = new Map<number, (answer: never) => void>();
  let requests = 0;
  worker.onmessage = ({ data }: MessageEvent<FileMessage>) => {
    waiting.get(data.request)?.((data.type === 'opened' ? data.report : data.result) as never);
    waiting.delete(data.request);
  };
  worker.onerror = () => {
    for (const answer of waiting.values()) answer({ failed: 'A part of the page stopped. Reload the page.' } as never);
    waiting.clear();
  };
  const ask = <T>(command: (request: number) => FileCommand) =>
    new Promise<T | Failed>((resolve) => {
      const request = ++requests;
      waiting.set(request, resolve);
      worker.postMessage(command(request));
    });
  return {
    open: (bytes) => ask((request) => ({ type: 'open', request, bytes })),
    test: (bytes, dataUrl, normalize) => ask((request) => ({ type: 'test', request, bytes, dataUrl, normalize })),
  };
}
