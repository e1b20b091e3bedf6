import * as v from 'valibot';
import { parseExperiment } from '../../../experiment/program/validate';
import type { SweepAxis } from '../../../experiment/sweep/axis';
import { pointsOf, type Sweep } from '../../../experiment/sweep/sweep';

/** A sweep as it is saved: what shall run. Which of its points have run is known by the runs that name it. */
export interface KeptSweep {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly sweep: Sweep;
  readonly note: string;
  /** Paused and cancelled sweeps continue when asked; running ones as soon as the page is open again. */
  readonly state: 'running' | 'paused' | 'cancelled' | 'done';
  /** Points that failed, with the reason. */
  readonly failed: Readonly<Record<number, string>>;
}

/** A sweep as the database has it: the ticks of an axis are named `places` there, as in its first version. */
export interface StoredSweep extends Omit<KeptSweep, 'sweep'> {
  readonly sweep: Omit<Sweep, 'axes'> & { readonly axes: readonly StoredAxis[] };
}

interface StoredAxis {
  readonly paths: SweepAxis['paths'];
  readonly places?: SweepAxis['ticks'];
  /** Instead of `places`, from pages between two versions. */
  readonly ticks?: SweepAxis['ticks'];
}

export function storedSweep({ sweep, ...about }: KeptSweep): StoredSweep {
  return { ...about, sweep: { ...sweep, axes: sweep.axes.map(({ paths, ticks }) => ({ paths, places: ticks })) } };
}

const ticks = v.array(v.array(v.string()));
const schema = v.object({
  id: v.string(),
  createdAt: v.string(),
  note: v.string(),
  state: v.picklist(['running', 'paused', 'cancelled', 'done']),
  failed: v.record(v.string(), v.string()),
  sweep: v.object({
    name: v.string(),
    experiment: v.unknown(),
    axes: v.array(v.object({ paths: v.array(v.string()), places: v.optional(ticks), ticks: v.optional(ticks) })),
  }),
});

/** A sweep from the database. @throws Error, with a sentence, if it is none */
export function readSweep(record: unknown): KeptSweep {
  const result = v.safeParse(schema, record);
  if (!result.success) {
    const path = v.getDotPath(result.issues[0]);
    throw new Error(`This is not a sweep of Fewbits: ${path ? `its ${path} is invalid` : 'it has another structure'}.`);
  }
  const { sweep, ...about } = result.output;
  const { experiment, problems } = parseExperiment(sweep.experiment);
  const [problem] = problems;
  if (problem) throw new Error(`The sweep's experiment cannot be read: ${problem.message}`);
  const axes = sweep.axes.map(({ paths, places, ticks: newer }) => ({ paths, ticks: places ?? newer ?? [] }));
  const read: KeptSweep = { ...about, sweep: { name: sweep.name, experiment, axes } };
  // Its axes may name what the experiment does not have.
  pointsOf(read.sweep);
  return read;
}
