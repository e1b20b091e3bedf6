import { expect, test } from 'vitest';
import { createFileClient, type FileWorkerLike } from './client-file';
import type { FileCommand, FileMessage } from './protocol-file';

class FakeWorker implements FileWorkerLike {
  readonly sent: FileCommand[] = [];
  ended = false;
  onmessage: FileWorkerLike['onmessage'] = null;
  onerror: FileWorkerLike['onerror'] = null;
  postMessage(command: FileCommand) {
    this.sent.push(command);
  }
  terminate() {
    this.ended = true;
  }
}

test('a worker that stopped is ended, what waits is told, and the next file has a new worker', async () => {
  const workers: FakeWorker[] = [];
  const client = createFileClient(() => {
    workers.push(new FakeWorker());
    return workers.at(-1) as FakeWorker;
  });
  const lost = client.open(Uint8Array.of(1));
  workers[0]?.onerror?.({} as ErrorEvent);
  expect(await lost).toEqual({ failed: 'The reader of model files stopped. Open the file again.' });
  expect(workers[0]?.ended).toBe(true);

  const next = client.open(Uint8Array.of(2));
  expect(workers.map(({ sent }) => sent.length)).toEqual([1, 1]);
  const request = workers[1]?.sent[0]?.request as number;
  workers[1]?.onmessage?.({ data: { type: 'opened', request, report: { failed: 'No model.' } } } as MessageEvent<FileMessage>);
  expect(await next).toEqual({ failed: 'No model.' });
});
