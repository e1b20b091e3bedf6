/**
 * Where things are on the time axis. Training steps are numbers on it; a stage that does not train takes no step, and would be a point
 * without width. Such a still stage gets a place of its own after the steps before it: the axis is longer by the width of each place.
 */

/** A step of the run, as the picture names it. */
export interface TraceStage {
  /** The number of its stage: "②". */
  readonly mark: string;
  /** "Quantize", "Prune, round 2 of 5". */
  readonly name: string;
  /** Without the round, for where there is little room. */
  readonly short: string;
  /** It is switched on. */
  readonly on: boolean;
  /** Training steps; null where it does not train. */
  readonly steps: number | null;
  readonly compresses: boolean;
}

export interface StillStage {
  /** Number of the step of the run. */
  readonly stage: number;
  /** Training steps done before it. */
  readonly at: number;
}

/** Stages without training that have run or will, in order. One that has not begun is where the program will have it. */
export function stillStages(stages: readonly TraceStage[], boundaries: readonly number[]): readonly StillStage[] {
  const found: StillStage[] = [];
  let done = 0;
  stages.forEach(({ on, steps }, stage) => {
    if (!on) return;
    const began = boundaries[stage];
    const at = began === undefined || Number.isNaN(began) ? done : began;
    if (steps === null) found.push({ stage, at });
    done = at + (steps ?? 0);
  });
  return found;
}

export interface Places {
  /** Training steps before each place, ascending; several may be at the same step. */
  readonly at: readonly number[];
  /** Width of each, in training steps. */
  readonly width: number;
}

/** A place is at most this wide, and all of them at most this share of the picture. */
const WIDEST = 72;
const SHARE = 0.42;

/** The places that the runs of a picture need together: at each step as many as the run with the most has. */
export function placesFor(runs: readonly (readonly StillStage[])[], steps: number, pixels: number): Places {
  const most = new Map<number, number>();
  for (const run of runs)
    for (const at of new Set(run.map((still) => still.at)))
      most.set(at, Math.max(most.get(at) ?? 0, run.filter((still) => still.at === at).length));
  const at = [...most].sort(([a], [b]) => a - b).flatMap(([step, n]) => new Array<number>(n).fill(step));
  if (at.length === 0) return { at, width: 0 };
  const taken = at.length * Math.min(WIDEST, (SHARE * pixels) / at.length);
  return { at, width: (Math.max(1, steps) * taken) / at.length / (pixels - taken) };
}

/** Position of what was measured while step `step` was trained: after all places before it. */
export function positionOfStep({ at, width }: Places, step: number): number {
  return step + width * at.filter((other) => other < step).length;
}

/** Position of what was measured at the end of a stage: of one that does not train, the right edge of its place. */
export function positionAfter(places: Places, still: readonly StillStage[], step: number, stage: number): number {
  return positionOfStep(places, step) + places.width * still.filter((one) => one.at === step && one.stage <= stage).length;
}

/** The training step at a position; inside a place, the one before it. */
export function stepAt({ at, width }: Places, position: number): number {
  let step = position;
  for (const [i, from] of at.entries()) {
    const left = from + i * width;
    if (position > left) step = Math.max(from, position - (i + 1) * width);
  }
  return step;
}

/** How a still stage changed the test accuracy. */
export interface StageChange extends StillStage {
  /** 0 … 1; null where nothing was measured before it. */
  readonly before: number | null;
  readonly after: number;
}

/** What the finished still stages changed. @param tests test accuracy after each finished step of the run, by its number */
export function stageChanges(still: readonly StillStage[], tests: Readonly<Record<number, number>>): readonly StageChange[] {
  const measured = Object.keys(tests).map(Number);
  return still.flatMap((one) => {
    const after = tests[one.stage];
    if (after === undefined) return [];
    const last = Math.max(-1, ...measured.filter((stage) => stage < one.stage));
    return [{ ...one, before: tests[last] ?? null, after }];
  });
}
