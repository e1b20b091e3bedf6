/** A sweep in words, and its results as points. */
import type { ParetoPoint } from '../../charts/pareto/pareto-points';
import type { SweepAxis } from '../../experiment/sweep/axis';
import { axisNames } from '../../experiment/sweep/axis-names';
import type { SweepCost } from '../../experiment/sweep/cost';
import type { SweepPoint } from '../../experiment/sweep/sweep';
import type { RunRecord } from '../../experiment/types/events';
import { bytesShort, count, duration, percent, plural } from '../../numerics/measures/number-words';
import type { HeldSweep } from '../../state/sweep/sweep-store';

/** What the sweep is called: its name, or what varies. */
export function sweepTitle({ kept }: HeldSweep): string {
  const { name, axes, experiment } = kept.sweep;
  if (name !== '') return name;
  return axes.length === 0 ? 'One run' : axes.map(axisNames(experiment).head).join(' × ');
}

/** What varies, on one line: "Bits 2, 3, … 8 (7) × Seed 1, 2, 3". */
export function axesWords({ axes, experiment }: Pick<HeldSweep['kept']['sweep'], 'axes' | 'experiment'>): string {
  const { head, tick } = axisNames(experiment);
  return axes
    .map((axis) => {
      const names = axis.ticks.map((_, i) => tick(axis, i));
      const told = names.length > 5 ? `${names.slice(0, 2).join(', ')}, … ${names.at(-1)} (${names.length} values)` : names.join(', ');
      return `${head(axis)}: ${told}`;
    })
    .join(' × ');
}

/** Whether it waits for the run of the lab, which a person may pause. */
export function waitsForRun({ kept, active }: HeldSweep): boolean {
  return kept.state === 'running' && Object.values(active).some(({ waiting }) => waiting === 'the run');
}

/**
 * "63 runs, 27,000 training steps in all, about 12 min. It takes about 1.6 MB of this browser’s storage; weights, gradients and
 * optimizer of a run take 4.3 MB of memory."
 * @param where what follows the time, where it was not measured here
 */
export function sweepCostWords({ runs, steps, seconds, keptBytes, trainingBytes }: SweepCost, where = ''): string {
  const time = seconds === null ? 'time unknown until the first run' : `about ${duration(rounded(seconds))}${where}`;
  const memory = trainingBytes === null ? '' : `; a run needs ${bytesShort(trainingBytes)} of memory for weights, gradients and optimizer`;
  return `${plural(runs, 'run')}, ${plural(steps, 'training step')} in all, ${time}. It uses about ${bytesShort(keptBytes)} of browser storage${memory}.`;
}

/** Points that cannot be run, in a sentence; '' if all can. */
export function impossibleWords(points: readonly SweepPoint[]): string {
  const wrong = points.filter(({ problem }) => problem !== '');
  const [first] = wrong;
  if (!first) return '';
  if (wrong.length === points.length) return first.problem;
  return `${count(wrong.length)} of ${count(points.length)} combinations cannot be run: ${first.problem}`;
}

/** Its state: "12 of 63 runs, 1 failed · about 3 min left". @param left seconds, null where not known */
export function progressWords({ kept, points, runs, active }: HeldSweep, left: number | null): string {
  const failed = Object.keys(kept.failed).length;
  const parts = [`${count(Object.keys(runs).length)} of ${plural(points.length, 'run')}${failed > 0 ? `, ${count(failed)} failed` : ''}`];
  if (kept.state === 'running') {
    const waits = Object.values(active).find(({ waiting }) => waiting === 'the run' || waiting === 'a measurement');
    if (waits) parts.push(`waits until ${waits.waiting} is paused or done`);
    else if (left !== null && left >= 0.5) parts.push(`about ${duration(rounded(left))} left`);
  }
  return `${stateNames[kept.state]}: ${parts.join(' · ')}.`;
}

const stateNames = { running: 'Running', paused: 'Paused', cancelled: 'Cancelled', done: 'Done' } as const;

/** The state of a point without a result. */
export function pointState({ kept, active }: HeldSweep, index: number): string {
  const failed = kept.failed[index];
  if (failed !== undefined) return `failed: ${failed}`;
  const now = active[index];
  if (now && now.steps > 0) return `step ${count(now.step)} of ${count(now.steps)}`;
  if (now) return now.waiting === '' || now.waiting === 'you' ? 'begun' : 'waits';
  return kept.state === 'cancelled' || kept.state === 'done' ? 'not run' : 'pending';
}

/** Results and failures for the picture of accuracy against cost. The seed is no group: runs that differ in it only become one mark. */
export function paretoPoints({ kept, points, runs }: HeldSweep, picture = firstPicture(kept.sweep.axes)): readonly ParetoPoint[] {
  const { axes, experiment } = kept.sweep;
  const names = axisNames(experiment);
  const groups = groupAxes(axes);
  return points.flatMap((point): ParetoPoint[] => {
    const { index, ticks } = point;
    const run = runs[index];
    const failed = kept.failed[index];
    if (!run && failed === undefined) return [];
    const name = (a: number | undefined) => (a === undefined ? undefined : names.tick(axes[a] as SweepAxis, ticks[a] ?? 0));
    const told = (axis: SweepAxis, a: number) => names.told(axis, ticks[a] ?? 0);
    const [first, second] = [name(picture.color), name(picture.shape)];
    const ledger = run?.record.ledger ?? { totalBits: Number.NaN, denseBits: Number.NaN, weights: Number.NaN };
    const { totalBits, denseBits, weights } = ledger;
    return [
      {
        ...{ id: String(index), totalBits, denseBits, weights },
        label: axes.map(told).join(', '),
        groupLabel: groups.map((a) => told(axes[a] as SweepAxis, a)).join(', ') || 'All seeds',
        testAccuracy: run?.record.testAccuracy ?? Number.NaN,
        ...(first === undefined ? {} : { groupA: first }),
        ...(second === undefined ? {} : { groupB: second }),
        seedGroup: groups.map((a) => ticks[a]).join(' '),
        ...(run ? measured(run.record) : {}),
        origin: run?.origin ?? 'live',
        ...(run ? {} : { failed: failed ?? '' }),
      },
    ];
  });
}

/** What not every engine has measured. */
function measured({ nonZeros, macs, inferenceMs }: RunRecord): Pick<ParetoPoint, 'nonZeros' | 'macs' | 'ms'> {
  return {
    ...(nonZeros === undefined ? {} : { nonZeros }),
    ...(macs === undefined ? {} : { macs }),
    ...(inferenceMs === undefined ? {} : { ms: inferenceMs }),
  };
}

/** Positions of the axes that colour and shape show; undefined for none. */
export interface PictureChoices {
  readonly color: number | undefined;
  readonly shape: number | undefined;
}

/** Positions of the axes that marks may show: not the seed, runs that differ in it only are one mark. */
export function groupAxes(axes: readonly SweepAxis[]): readonly number[] {
  return axes.flatMap((axis, a) => (axis.paths.includes('seed') ? [] : [a]));
}

/** Fewer positions first: colours show a method better than one of seven numbers of bits. */
export function firstPicture(axes: readonly SweepAxis[]): PictureChoices {
  const [color, shape] = groupAxes(axes).toSorted((a, b) => (axes[a]?.ticks.length ?? 0) - (axes[b]?.ticks.length ?? 0));
  return { color, shape };
}

/** The choices after a person has chosen an axis for colour or shape. The other keeps its own, or takes what is left over. */
export function changedPicture(picture: PictureChoices, part: keyof PictureChoices, axis: number): PictureChoices {
  const other = part === 'color' ? 'shape' : 'color';
  const next = { ...picture, [part]: axis };
  return picture[other] === axis ? { ...next, [other]: picture[part] } : next;
}

/** "27 Nov 2026", in the zone of who reads it. */
export function recordedDate(date: string): string {
  return new Date(date).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

export function accuracyWords(accuracy: number): string {
  return percent(accuracy, 2);
}

function rounded(seconds: number): number {
  return seconds < 10 ? Math.ceil(seconds) : seconds;
}
