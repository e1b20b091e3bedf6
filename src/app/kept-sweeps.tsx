import type { ComponentProps } from 'react';
import { type SweepFile, sweepFileText } from '../experiment/sweep/sweep-file';
import { sweepFileName } from '../export/downloads';
import { sweepCsv } from '../export/sweep-csv';
import { SweepPlace } from '../panels/sweep/sweep-place';
import { useRuns } from '../state/kept/runs-store';
import type { HeldSweep } from '../state/sweep/sweep-store';
import { saveFile } from '../ui/save-file';

/** The sweeps, to be defined, run, looked at and exported. */
export function KeptSweeps(props: Omit<ComponentProps<typeof SweepPlace>, 'onSave'>) {
  return <SweepPlace {...props} onSave={save} />;
}

function save(held: HeldSweep, kind: 'json' | 'csv'): void {
  const file = fileOf(held);
  const name = sweepFileName(file.sweep);
  if (kind === 'csv') saveFile(sweepCsv(file), `${name}.csv`, 'text/csv');
  else saveFile(sweepFileText(file), `${name}.json`, 'application/json');
}

function fileOf({ kept, points, runs }: HeldSweep): SweepFile {
  // Names and notes that were given since the sweep was read are known there.
  const described = new Map(useRuns.getState().runs?.map((run) => [run.id, run]));
  const { id, createdAt, sweep, note, failed } = kept;
  const own = points.flatMap(({ index }) => runs[index] ?? []).map((run) => described.get(run.id) ?? run);
  return { id, createdAt, sweep, note, failed, runs: own };
}
