import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchSource } from './fetch-source';
import { DatasetError } from './types';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let handler: Handler;
let requests: string[];
let base: string;
let server: ReturnType<typeof createServer>;

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data`;
});

afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The part of the Cache API that is used. */
function stubCache() {
  const kept = new Map<string, Uint8Array>();
  const cache = {
    match: async (url: string) => {
      const bytes = kept.get(url);
      return bytes && new Response(bytes as Uint8Array<ArrayBuffer>);
    },
    put: async (url: string, response: Response) => {
      kept.set(url, new Uint8Array(await response.arrayBuffer()));
    },
  };
  vi.stubGlobal('caches', { open: async () => cache });
  return kept;
}

const send =
  (body: Uint8Array | string, headers: Record<string, string> = {}, status = 200): Handler =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

describe('fetchSource', () => {
  test('gives the bytes and counts them, with and without a slash at the end of the address', async () => {
    handler = send(Uint8Array.of(1, 2, 3));
    for (const address of [base, `${base}/`]) {
      let counted = 0;
      const bytes = await fetchSource(address)('mnist/a.bin', (count) => {
        counted += count;
      });
      expect([...bytes]).toEqual([1, 2, 3]);
      expect(counted).toBe(3);
    }
    expect(requests).toEqual(['/data/mnist/a.bin', '/data/mnist/a.bin']);
  });

  test('gives unzipped bytes when the server declares the encoding, zipped ones when it does not', async () => {
    const zipped = gzipSync('pixels');
    handler = send(zipped, { 'content-encoding': 'gzip' });
    expect(Buffer.from(await fetchSource(base)('a.bin')).toString()).toBe('pixels');
    handler = send(zipped);
    expect(Buffer.compare(await fetchSource(base)('a.bin'), zipped)).toBe(0);
  });

  test('fetches a shard once and then keeps it, but always asks for the manifest', async () => {
    stubCache();
    handler = send('{}');
    const source = fetchSource(base);
    for (let visit = 0; visit < 2; visit++) {
      await source('mnist/a.bin');
      await source('mnist/manifest.json');
    }
    expect(requests).toEqual(['/data/mnist/a.bin', '/data/mnist/manifest.json', '/data/mnist/manifest.json']);
  });

  test('goes around the cache when asked for fresh bytes, and replaces what was kept', async () => {
    const kept = stubCache();
    kept.set(`${base}/a.bin`, Uint8Array.of(9));
    handler = send(Uint8Array.of(1));
    const source = fetchSource(base);
    expect([...(await source('a.bin'))]).toEqual([9]);
    expect([...(await source('a.bin', undefined, { fresh: true }))]).toEqual([1]);
    await vi.waitFor(() => expect([...(kept.get(`${base}/a.bin`) ?? [])]).toEqual([1]));
  });

  test('uses the kept manifest when the server is gone', async () => {
    stubCache().set('http://127.0.0.1:9/data/mnist/manifest.json', new TextEncoder().encode('{}'));
    const bytes = await fetchSource('http://127.0.0.1:9/data')('mnist/manifest.json');
    expect(new TextDecoder().decode(bytes)).toBe('{}');
  });

  test('works where the cache is forbidden or full', async () => {
    handler = send(Uint8Array.of(1));
    vi.stubGlobal('caches', { open: () => Promise.reject(new Error('SecurityError')) });
    expect([...(await fetchSource(base)('a.bin'))]).toEqual([1]);
    const full = { match: () => Promise.reject(new Error('broken')), put: () => Promise.reject(new Error('QuotaExceededError')) };
    vi.stubGlobal('caches', { open: async () => full });
    expect([...(await fetchSource(base)('a.bin'))]).toEqual([1]);
  });

  test.each<[string, Handler, string]>([
    ['404', send('no', {}, 404), 'mnist/a.bin is not on the server (404 for'],
    ['500', send('no', {}, 500), 'mnist/a.bin could not be fetched: the server answered 500'],
    ['a start page', send('hello', { 'content-type': 'text/html; charset=utf-8' }), 'which sent a web page instead of data'],
    ['a start page without a type', send('\n<!DOCTYPE html><p>hello'), 'which sent a web page instead of data'],
    [
      'a broken download',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        setTimeout(() => response.destroy(), 20);
      },
      'mnist/a.bin was cut off during the download',
    ],
  ])('explains %s', async (_, answer, message) => {
    handler = answer;
    const asked = fetchSource(base)('mnist/a.bin');
    await expect(asked).rejects.toThrow(DatasetError);
    await expect(asked).rejects.toThrow(message);
  });

  test('explains a server that does not answer', async () => {
    await expect(fetchSource('http://127.0.0.1:9/data')('a.bin')).rejects.toThrow(
      new DatasetError(
        'a.bin could not be fetched from http://127.0.0.1:9/data/a.bin: check the network and that the server is running, then retry.',
      ),
    );
  });

  test.each([
    ['answers nothing', () => {}],
    [
      'stops in the middle',
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(200, { 'content-length': '9' }).write('abc'),
    ],
  ])('a server that %s is given up, with a sentence; a second try can succeed', async (_, silent) => {
    handler = silent;
    const source = fetchSource(base, 50);
    await expect(source('mnist/a.bin')).rejects.toThrow(
      'mnist/a.bin does not arrive: nothing came for 0.05 seconds. Check the network, then try again.',
    );
    await expect(source('mnist/a.bin')).rejects.toBeInstanceOf(DatasetError);
    handler = send(Uint8Array.of(1, 2));
    expect(await fetchSource(base)('mnist/a.bin')).toEqual(Uint8Array.of(1, 2));
  });
});
