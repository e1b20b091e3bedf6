/** A sweep in words, and its results as points. */
import type { ParetoPoint } from '../../charts/pareto/pareto-points';
import type { ValueAxis } from '../../charts/sweep/value-layout';
import type { SweepAxis } from '../../experiment/sweep/axis';
import { axisNames } from '../../experiment/sweep/axis-names';
import { axisScale } from '../../experiment/sweep/axis-scale';
import type { SweepCost } from '../../experiment/sweep/cost';
import type { SweepPoint } from '../../experiment/sweep/sweep';
import type { RunRecord } from '../../experiment/types/events';
import { bytesShort, count, duration, percent, plural } from '../../numerics/measures/number-words';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { firstPicture, groupAxes, lineAxis, type PictureChoices, type PictureX, sweptAxis } from './picture';

/** What the sweep is called: its name, or what varies. */
export function sweepTitle({ kept }: HeldSweep): string {
  const { name, axes, experiment } = kept.sweep;
  if (name !== '') return name;
  return axes.length === 0 ? 'One run' : axes.map(axisNames(experiment).head).join(' × ');
}

/** What varies, on one line: "Bits 2, 3, … 8 (7) × Seed 1, 2, 3". */
export function axesWords({ axes, experiment }: Pick<HeldSweep['kept']['sweep'], 'axes' | 'experiment'>): string {
  const { head, tick } = axisNames(experiment, true);
  return axes
    .map((axis) => {
      const names = axis.ticks.map((_, i) => tick(axis, i));
      // Values that change together have commas of their own.
      const comma = names.some((name) => name.includes(',')) ? '; ' : ', ';
      const told =
        names.length > 5 ? `${names.slice(0, 2).join(comma)}${comma}… ${names.at(-1)} (${names.length} values)` : names.join(comma);
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

/** Points that cannot be run, in a sentence; '' if all can. @param told the reason stands at a field already */
export function impossibleWords(points: readonly SweepPoint[], told = false): string {
  const wrong = points.filter(({ problem }) => problem !== '');
  const [first] = wrong;
  if (!first) return '';
  if (told) return `${count(wrong.length)} of ${plural(points.length, 'combination')} cannot be run.`;
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

/** Results and failures for the picture. The seed is no group: runs that differ in it only become one mark, in the middle of them. */
export function paretoPoints(
  { kept, points, runs }: HeldSweep,
  x: PictureX = 'bits-per-weight',
  picture: PictureChoices = firstPicture(kept.sweep.axes, x),
): readonly ParetoPoint[] {
  const { axes, experiment } = kept.sweep;
  const names = axisNames(experiment, true);
  const groups = groupAxes(axes);
  const along = lineAxis(axes, x);
  const on = sweptAxis(x) ?? along;
  const places = along === undefined || sweptAxis(x) !== undefined ? [] : (axes[along] && axisScale(axes[along]).positions) || [];
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
    const step = on === undefined ? 0 : (ticks[on] ?? 0);
    return [
      {
        ...{ id: String(index), totalBits, denseBits, weights },
        label: axes.map(told).join(', '),
        groupLabel: groups.map((a) => told(axes[a] as SweepAxis, a)).join(', ') || 'All seeds',
        testAccuracy: run?.record.testAccuracy ?? Number.NaN,
        ...(first === undefined ? {} : { groupA: first }),
        ...(second === undefined ? {} : { groupB: second }),
        seedGroup: groups.map((a) => ticks[a]).join(' '),
        ...(along === undefined ? {} : { line: `line ${groups.filter((a) => a !== along).map((a) => ticks[a])}` }),
        // On a swept axis its place; along a line over a cost, the order of its values.
        step: places[step] ?? step,
        ...(run ? measured(run.record) : {}),
        origin: run?.origin ?? 'live',
        ...(run ? {} : { failed: failed ?? '' }),
      },
    ];
  });
}

/** A swept axis as the picture draws it. */
export function valueAxis({ axes, experiment }: Pick<HeldSweep['kept']['sweep'], 'axes' | 'experiment'>, a: number): ValueAxis | undefined {
  const axis = axes[a];
  if (!axis) return undefined;
  const { head, tick } = axisNames(experiment, true);
  const { kind, positions } = axisScale(axis);
  return { name: head(axis), words: kind === 'words', ticks: positions.map((at, i) => ({ label: tick(axis, i), at })) };
}

/** Names of all values of an axis, whether they have a result or not. */
export function groupNames(
  { axes, experiment }: Pick<HeldSweep['kept']['sweep'], 'axes' | 'experiment'>,
  a: number | undefined,
): readonly string[] | undefined {
  const axis = a === undefined ? undefined : axes[a];
  return axis?.ticks.map((_, i) => axisNames(experiment, true).tick(axis, i));
}

/** What not every engine has measured. */
function measured({ nonZeros, macs, inferenceMs }: RunRecord): Pick<ParetoPoint, 'nonZeros' | 'macs' | 'ms'> {
  return {
    ...(nonZeros === undefined ? {} : { nonZeros }),
    ...(macs === undefined ? {} : { macs }),
    ...(inferenceMs === undefined ? {} : { ms: inferenceMs }),
  };
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
