import { describe, expect, test } from 'vitest';
import { createClient, type WorkerLike } from './client';
import type { Command, Message } from './protocol';

class FakeWorker implements WorkerLike {
  readonly sent: Command[] = [];
  ended = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  postMessage(command: Command) {
    this.sent.push(command);
  }
  terminate() {
    this.ended = true;
  }
  say(data: Message) {
    this.onmessage?.({ data } as MessageEvent<Message>);
  }
}

function setUp() {
  const workers: FakeWorker[] = [];
  const heard: Message[] = [];
  const client = createClient(
    (message) => heard.push(message),
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  );
  return { workers, heard, client };
}

describe('createClient', () => {
  test('starts the worker with the first command only', () => {
    const { workers, client } = setUp();
    expect(workers).toHaveLength(0);
    client.send({ type: 'play' });
    client.send({ type: 'pause' });
    expect(workers.map((w) => w.sent.map((c) => c.type))).toEqual([['play', 'pause']]);
  });

  test('answers each request for the model file with its own bytes', async () => {
    const { workers, client } = setUp();
    const [first, second] = [client.exportModel(), client.exportModel()];
    workers[0]?.say({ type: 'model', request: 2, bytes: Uint8Array.of(2) });
    workers[0]?.say({ type: 'model', request: 1, bytes: Uint8Array.of(1) });
    expect([...(await first), ...(await second)]).toEqual([1, 2]);
  });

  test('answers a request for images, or says why there are none', async () => {
    const { workers, client } = setUp();
    const data = { dataset: 'mnist', normalize: 'unit', checksum: '' } as const;
    const [first, second] = [client.testImages(data, [3]), client.testImages(data, [4])];
    expect(workers[0]?.sent[0]).toEqual({ type: 'testImages', request: 1, data, indices: [3] });
    const images = { width: 1, height: 1, channels: 1, classes: ['a'], labels: Uint8Array.of(0), pixels: Uint8Array.of(7) };
    workers[0]?.say({ type: 'testImages', request: 2, images: { failed: 'Open the files.' } });
    workers[0]?.say({ type: 'testImages', request: 1, images });
    expect(await first).toEqual(images);
    await expect(second).rejects.toThrow('Open the files.');
  });

  test('a crash arrives as fatal, fails what was asked, and the next command starts again', async () => {
    const { workers, heard, client } = setUp();
    const asked = client.exportModel();
    workers[0]?.onerror?.({ message: 'out of memory' } as ErrorEvent);
    await expect(asked).rejects.toThrow('stopped');
    expect(heard).toEqual([{ type: 'fatal', message: 'The engine stopped unexpectedly: out of memory' }]);
    expect(workers[0]?.ended).toBe(true);
    client.send({ type: 'play' });
    expect(workers).toHaveLength(2);
  });
});
