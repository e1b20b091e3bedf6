import { dataSettings } from '../experiment/methods/data';
import { modelDefinition } from '../experiment/methods/models/registry';
import type { KeptRun } from '../experiment/results/kept-run';
import { backendNames } from '../experiment/types/backend-names';
import type { BackendName } from '../experiment/types/events';

export function backendLabel(name: BackendName): string {
  return backendNames[name];
}

/** The name of a dataset for people: "CIFAR-10" for `cifar10`. */
export function datasetLabel(dataset: string): string {
  const table = dataSettings.find((setting) => setting.key === 'dataset');
  return (table?.type === 'choice' ? table.options.find((option) => option.value === dataset)?.label : undefined) ?? dataset;
}

/** The name of a model for people. */
export function modelLabel(id: string): string {
  return modelDefinition(id).label;
}

/** What a saved run is called: its name, else its model and data. */
export function runTitle(run: KeptRun): string {
  return run.name || setupTitle(run);
}

/** Model and data: "LeNet-300-100 · MNIST". */
export function setupTitle({ record }: KeptRun): string {
  const { model, data } = record.experiment;
  return `${modelLabel(model.id)} · ${datasetLabel(data.dataset)}`;
}

/** "21 Nov 2026, 05:40", in the zone of who reads it. */
export function runDate({ createdAt }: KeptRun): string {
  return new Date(createdAt).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}
