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

  test('a crash is heard as fatal, fails what was asked, and the next command starts anew', async () => {
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
