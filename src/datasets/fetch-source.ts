import type { ByteSource } from './load';
import { Patience } from './patience';
import { DatasetError } from './types';

const CACHE_NAME = 'fewbits-data-1';
/** Nothing for so long means that nothing will come: the person is told, and can try again. */
const STALL_MS = 15_000;

/**
 * A ByteSource that fetches below `baseUrl` and stores what it got in the browser's Cache API, where there is one.
 * Shards have a content hash in their names and are served from the cache first; other files from the network first, and from
 * the cache when offline. Bytes come back as the server sent them; whoever asked verifies them.
 */
export function fetchSource(baseUrl: string, stallMs = STALL_MS): ByteSource {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  return async (path, onBytes, { fresh = false } = {}) => {
    const url = base + path;
    const cache = await openCache();
    const hashed = path.endsWith('.bin');
    if (hashed && !fresh) {
      const kept = await readCache(cache, url);
      if (kept) {
        onBytes?.(kept.length);
        return kept;
      }
    }
    try {
      const bytes = await download(url, path, onBytes, fresh || !hashed ? (fresh ? 'reload' : 'no-cache') : 'default', stallMs);
      // Not waited for: a full or forbidden cache only means that the next visit downloads again.
      cache?.put(url, new Response(bytes as Uint8Array<ArrayBuffer>)).catch(() => {});
      return bytes;
    } catch (error) {
      const kept = error instanceof OfflineError && !fresh ? await readCache(cache, url) : undefined;
      if (kept) return kept;
      throw error;
    }
  };
}

/** The network or the server did not answer at all. */
class OfflineError extends DatasetError {}

async function openCache(): Promise<Cache | undefined> {
  try {
    // `caches` exists on https and localhost only, and private windows may refuse it.
    return await globalThis.caches?.open(CACHE_NAME);
  } catch {
    return undefined;
  }
}

async function readCache(cache: Cache | undefined, url: string): Promise<Uint8Array | undefined> {
  try {
    const response = await cache?.match(url);
    return response ? new Uint8Array(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

async function download(
  url: string,
  path: string,
  onBytes: ((count: number) => void) | undefined,
  cache: RequestCache,
  stallMs: number,
): Promise<Uint8Array> {
  const patience = new Patience(stallMs);
  try {
    return await downloadWhile(patience, url, path, onBytes, cache);
  } catch (error) {
    if (!patience.ended) throw error;
    throw new OfflineError(`${path} does not arrive: nothing came for ${stallMs / 1000} seconds. Check the network, then try again.`);
  } finally {
    patience.stop();
  }
}

async function downloadWhile(
  patience: Patience,
  url: string,
  path: string,
  onBytes: ((count: number) => void) | undefined,
  cache: RequestCache,
): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { cache, signal: patience.signal });
  } catch {
    throw new OfflineError(`${path} could not be fetched from ${url}: check the network and that the server is running, then retry.`);
  }
  if (response.status === 404) {
    throw new DatasetError(`${path} is not on the server (404 for ${url}): make it with "npm run data" and retry, or open your own files.`);
  }
  if (!response.ok) {
    throw new DatasetError(`${path} could not be fetched: the server answered ${response.status} for ${url}; retry later.`);
  }
  const bytes = await readBody(response, path, (count) => {
    patience.arrived();
    onBytes?.(count);
  });
  if (isWebPage(response, bytes)) {
    throw new DatasetError(
      `${path} is not on the server, which sent a web page instead of data for ${url}: make it with "npm run data" and retry, or open your own files.`,
    );
  }
  return bytes;
}

async function readBody(response: Response, path: string, onBytes?: (count: number) => void): Promise<Uint8Array> {
  try {
    if (!response.body) return new Uint8Array(await response.arrayBuffer());
    const chunks: Uint8Array[] = [];
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chunks.push(part.value);
      onBytes?.(part.value.length);
    }
    return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
  } catch {
    throw new OfflineError(`${path} was cut off during the download from ${response.url}: check the network, then retry.`);
  }
}

/** Many static hosts answer an unknown address with their start page and status 200. */
function isWebPage(response: Response, bytes: Uint8Array): boolean {
  if (response.headers.get('content-type')?.startsWith('text/html')) return true;
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 100));
  return /^\s*<(!doctype|html)/i.test(start);
}
