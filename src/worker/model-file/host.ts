/** The entry of the worker that reads model files: it has WebAssembly of its own, so the engine's worker may go on training. */
import { fetchSource } from '../../datasets/fetch-source';
import { loadDataset } from '../../datasets/load';
import type { Dataset } from '../../datasets/types';
import { openBackend } from '../../engine/backends/backend';
import { servedWasmPaths } from '../../engine/backends/wasm-urls';
import type { Failed, FileCommand, FileMessage } from '../protocol-file';
import { fileReport } from './file-report';
import { type BuiltIn, testFile } from './file-test';

const datasets = new Map<BuiltIn, Promise<Dataset>>();
let backend: Promise<unknown> | undefined;
/** One file at a time, in order. */
let queue: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<FileCommand>) => {
  queue = queue.then(() => obey(data));
});

async function obey(command: FileCommand): Promise<void> {
  const { request, bytes } = command;
  const post = (message: FileMessage) => self.postMessage(message);
  if (command.type === 'open') return post({ type: 'opened', request, report: await orSentence(() => fileReport(bytes)) });
  const result = await orSentence(async () => {
    backend ??= openBackend({ only: 'wasm', wasmPaths: servedWasmPaths(self.location.href) });
    await backend;
    return testFile(bytes, (id) => dataset(id, command.dataUrl), command.normalize);
  });
  post({ type: 'tested', request, result });
}

function dataset(id: BuiltIn, dataUrl: string): Promise<Dataset> {
  let found = datasets.get(id);
  if (!found) {
    found = loadDataset(id, fetchSource(dataUrl), () => {});
    datasets.set(id, found);
    found.catch(() => datasets.delete(id));
  }
  return found;
}

async function orSentence<T>(act: () => Promise<T>): Promise<T | Failed> {
  try {
    return await act();
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
