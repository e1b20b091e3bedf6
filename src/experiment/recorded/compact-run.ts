import { toFragment } from '../link/url';
import type { Curve, Curves } from '../results/curves';
import type { KeptRun } from '../results/kept-run';
import type { SweepPoint } from '../sweep/sweep';
import { type RecordedHeader, recordedSweepId } from './types';

/** A run of a recorded sweep as its file holds it: without what the sweep says already, and without predictions. */
export function compactRun({ createdAt, curves, record, sweep }: KeptRun) {
  const { experiment: _, url: _url, backend: _backend, ...measured } = record;
  return { index: sweep?.index ?? 0, createdAt, ...measured, curves: thinCurves(curves, pointsFor(record.stages)) };
}

/** The saved run that a compact one represents, not checked yet. */
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

/** Points of a bundled curve, at most, for a run with one or two trainings. */
export const BUNDLED_POINTS = 40;
/** In a run of many rounds every training has a curve of its own: as many points for each. */
const TRAINING_POINTS = 48;

function pointsFor(stages: readonly { readonly steps: number }[]): number {
  const trainings = stages.filter(({ steps }) => steps > 0).length;
  return trainings > 2 ? trainings * TRAINING_POINTS : BUNDLED_POINTS;
}

/** The curves of a run in few points: losses as means of equally many neighbours, validations picked evenly, the last one among them. */
export function thinCurves({ loss, validation }: Curves, most = BUNDLED_POINTS): Curves {
  return { loss: averaged(loss, most), validation: picked(validation, most) };
}

/** Each point is the mean of this many, at the step of the last of them: what a curve of mean losses says stays true. */
function averaged({ step, value }: Curve, most: number): Curve {
  const every = Math.ceil(value.length / most) || 1;
  const groups = Array.from({ length: Math.ceil(value.length / every) }, (_, i) => value.slice(i * every, (i + 1) * every));
  return {
    step: groups.map((group, i) => step[i * every + group.length - 1] ?? 0),
    value: groups.map((group) => short(group.reduce((sum, one) => sum + one, 0) / group.length)),
  };
}

function picked({ step, value }: Curve, most: number): Curve {
  const every = Math.ceil(value.length / most) || 1;
  const kept = value.flatMap((_, i) => ((value.length - 1 - i) % every === 0 ? [i] : []));
  return { step: kept.map((i) => step[i] ?? 0), value: kept.map((i) => short(value[i] ?? Number.NaN)) };
}

/** Four digits: more than a picture shows. */
function short(value: number): number {
  return Number(value.toPrecision(4));
}
