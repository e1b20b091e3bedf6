import { modelDefinition } from '../experiment/models/registry';
import type { KeptRun } from '../experiment/results/kept-run';
import { datasetLabel } from './dataset-label';

/** What a kept run is called: its name, else its model and data. */
export function runTitle({ name, record }: KeptRun): string {
  if (name) return name;
  const { model, data } = record.experiment;
  return `${modelDefinition(model.id).label} · ${datasetLabel(data.dataset)}`;
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
