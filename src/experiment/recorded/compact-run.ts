import type { KeptRun } from '../results/kept-run';
import type { SweepPoint } from '../sweep/sweep';
import { toFragment } from '../url';
import { thinCurves } from './thin-curves';
import { type RecordedHeader, recordedSweepId } from './types';

/** A run of a recorded sweep as its file holds it: without what the sweep says already, and without predictions. */
export function compactRun({ createdAt, curves, record, sweep }: KeptRun) {
  const { experiment: _, url: _url, backend: _backend, ...measured } = record;
  return { index: sweep?.index ?? 0, createdAt, ...measured, curves: thinCurves(curves) };
}

/** The kept run that a compact one stands for, not checked yet. */
export function expandRun(
  { index, createdAt, curves, ...measured }: Readonly<Record<string, unknown>> & { readonly index: number },
  { experiment }: SweepPoint,
  { id, backend, adapter, command, commit }: RecordedHeader,
): unknown {
  const own = recordedSweepId(id);
  return {
    format: 'fewbits-run',
    version: 1,
    id: `${own}-${index}`,
    createdAt,
    name: '',
    note: '',
    origin: 'recorded',
    command,
    commit,
    record: { ...measured, experiment, url: `#${toFragment(experiment)}`, backend: { name: backend, adapter, reasons: [] } },
    curves,
    perClass: [],
    predicted: '',
    sweep: { id: own, index },
  };
}
