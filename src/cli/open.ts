import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type ByteSource, loadDataset } from '../datasets/load';
import { DatasetError } from '../datasets/types';
import { openBackend } from '../engine/backends/backend';
import type { BackendInfo, BackendName } from '../experiment/types/events';
import type { Experiment } from '../experiment/types/experiment';
import { UsageError } from './problems';

const backends: readonly BackendName[] = ['webgpu', 'wasm', 'cpu'];

/** @throws UsageError for a name that is no backend of the command line */
export function backendNamed(text: string): BackendName {
  const name = backends.find((known) => known === text);
  if (!name) throw new UsageError(`There is no backend "${text}"; use one of ${backends.join(', ')}.`);
  return name;
}

/** The experiment's images, prepared first if they are not there. */
export async function openDataset(experiment: Experiment, project: Project) {
  const { dataset } = experiment.data;
  if (dataset !== 'mnist' && dataset !== 'cifar10') {
    throw new UsageError('This experiment uses own files, but the command line has only the built-in datasets: open it in the browser.');
  }
  await project.prepareData([dataset], { log: say });
  return loadDataset(dataset, fileSource(join(project.root, 'public', 'data')));
}

export async function openRunBackend(name: BackendName, project: Project): Promise<BackendInfo> {
  const wasmPaths = join(project.root, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist') + sep;
  return openBackend({ only: name, wasmPaths, ...(name === 'webgpu' && { gpu: await openNodeGpu() }) });
}

/** A line for a person, beside the output. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** WebGPU in Node comes from the optional package `webgpu` (Dawn). */
interface NodeWebgpu {
  readonly create: (options: string[]) => GPU;
  readonly globals: object;
}

/**
 * Node's GPU, with WebGPU's constants (GPUBufferUsage and so on) made global as they are in a browser.
 * @throws Error with one sentence where the package or its driver is missing
 */
export async function openNodeGpu(): Promise<GPU> {
  // A name that the compiler does not follow: the package is optional and has no types of its own that fit.
  const name = 'webgpu';
  let webgpu: NodeWebgpu;
  try {
    webgpu = (await import(name)) as NodeWebgpu;
  } catch {
    throw new Error('WebGPU in Node needs the optional package "webgpu", which is not installed for this system: choose --backend wasm.');
  }
  Object.assign(globalThis, webgpu.globals);
  return webgpu.create([]);
}

/** Reads the prepared data from a folder. Rejects with a DatasetError that names the file. */
export function fileSource(folder: string): ByteSource {
  return async (path, onBytes = () => {}) => {
    try {
      const bytes = await readFile(join(folder, path));
      onBytes(bytes.length);
      // A view over the bytes: small files share a pool in Node, which must not be handed out.
      return new Uint8Array(bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DatasetError(`${path} could not be read: ${reason}`);
    }
  };
}

/** What the command line needs to know of the checkout that it runs in; scripts/lab.mjs provides it. */
export interface Project {
  /** The folder that holds package.json. */
  readonly root: string;
  /** Makes public/data/<id>/ unless it exists. Rejects with a sentence. */
  readonly prepareData: (ids: readonly string[], options: { readonly log: (line: string) => void }) => Promise<unknown>;
  /** The commit of the sources, with "+" after it if src/ differs from it; '' where that is not known. */
  readonly commit: () => Promise<string>;
}
