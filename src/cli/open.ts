import { join, sep } from 'node:path';
import { loadDataset } from '../datasets/load';
import { openBackend } from '../engine/device/backend';
import type { BackendInfo, BackendName } from '../experiment/events';
import type { Experiment } from '../experiment/types';
import { fileSource } from './file-source';
import { openNodeGpu } from './node-gpu';
import type { Project } from './project';
import { UsageError } from './usage-error';

const backends: readonly BackendName[] = ['webgpu', 'wasm', 'cpu'];

/** @throws UsageError for a name that is no backend of the command line */
export function backendNamed(text: string): BackendName {
  const name = backends.find((known) => known === text);
  if (!name) throw new UsageError(`There is no backend "${text}"; there are ${backends.join(', ')}.`);
  return name;
}

/** The experiment's images, prepared first if they are not there. */
export async function openDataset(experiment: Experiment, project: Project) {
  const { dataset } = experiment.data;
  if (dataset !== 'mnist' && dataset !== 'cifar10') {
    throw new UsageError(
      'This experiment runs on files of a person: the command line has the built-in datasets only, open it in the browser.',
    );
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
