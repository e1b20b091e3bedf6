import { lazy, Suspense, useMemo, useState } from 'react';
import { type AccuracyKind, costNames } from '../../charts/pareto/pareto-axes';
import type { BestMark } from '../../charts/pareto/pareto-best';
import { frontPoints, type ParetoPoint } from '../../charts/pareto/pareto-points';
import { axisNames } from '../../experiment/sweep/axis-names';
import type { Front } from '../../experiment/sweep/front-text';
import { type CostKind, costKinds, costOf, isCostKind } from '../../numerics/measures/model-cost';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { CopyButton } from '../../ui/copy-button';
import { HelpLabel } from '../../ui/help';
import { CompareMenu } from './compare-menu';
import { frontFragment } from './front-notice';
import { ghostPoints, useGhostChoices } from './ghosts';
import { openPoint } from './open-point';
import { groupAxes, type PictureChoices, type PictureX, sweptAxis, timedTogether } from './picture';
import { PictureSelects } from './picture-selects';
import styles from './sweep.module.css';
import { groupNames, paretoPoints, valueAxis } from './sweep-words';
import { timeWords } from './time-words';

const ParetoChart = lazy(async () => ({ default: (await import('../../charts/pareto/pareto-chart')).ParetoChart }));
const ValueChart = lazy(async () => ({ default: (await import('../../charts/sweep/value-chart')).ValueChart }));

const AREA_HELP =
  'The front: the points that no other point beats in both accuracy and cost. The area is how much the front covers: percentage points of accuracy times doublings of the cost, up to a reference point just beyond the worst points (hypervolume). The larger, the better.';

interface Props {
  readonly held: HeldSweep;
  readonly x: PictureX;
  readonly onX: (x: PictureX) => void;
  readonly picture: PictureChoices;
  readonly onPicture: (picture: PictureChoices) => void;
  /** A front to beat on the same images. */
  readonly target: Front | null;
  readonly best: BestMark | null;
  /** The point that is pointed at elsewhere. */
  readonly pointed: string | null;
  readonly onPoint: (ids: readonly string[] | null) => void;
  /** What brush and legend leave; null for all. Must keep its identity. */
  readonly onLeave: (ids: readonly string[] | null) => void;
  readonly onOpen: (index: number) => void;
}

/** Accuracy over a cost, with other sweeps, the front to beat and the link to the own front; or over a swept value. */
export function SweepPicture({ held, x: asked, onX, picture, onPicture, target, best, pointed, onPoint, onLeave, onOpen }: Props) {
  const [y, setY] = useState<AccuracyKind>('accuracy');
  const choices = useGhostChoices(held);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const { kept, points, runs } = held;
  const { sweep } = kept;
  const { axes, experiment: base } = sweep;
  const ghosts = useMemo(() => compared.flatMap((id) => choices.filter((one) => one.id === id)), [compared, choices]);
  const without = useMemo<readonly CostKind[]>(() => (ghosts.length > 0 || !timesCompare({ runs }) ? ['ms'] : []), [ghosts, runs]);
  const x: PictureX = isCostKind(asked) && without.includes(asked) ? 'bits-per-weight' : asked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: progress changes ten times a second and is not in the picture.
  const drawn = useMemo(() => paretoPoints(held, x, picture), [points, runs, kept, x, picture]);
  const all = useMemo(() => [...drawn, ...ghosts.flatMap(ghostPoints)], [drawn, ghosts]);
  const groups = useMemo(() => ({ a: groupNames(sweep, picture.color), b: groupNames(sweep, picture.shape) }), [sweep, picture]);
  const swept = sweptAxis(x);
  const axis = useMemo(() => (swept === undefined ? undefined : valueAxis(sweep, swept)), [sweep, swept]);
  const options = useMemo(() => {
    const { head } = axisNames(base);
    return groupAxes(axes).map((a) => ({ value: `axis-${a}`, label: axes[a] ? head(axes[a]) : '', group: 'Swept value' }));
  }, [axes, base]);
  const link = useMemo(() => (isCostKind(x) ? linkTo(held, drawn, x) : ''), [held, drawn, x]);
  if (drawn.length === 0 && !target) return null;
  const nameOf = (a: number | undefined) => (a === undefined || !axes[a] ? undefined : axisNames(base).head(axes[a]));
  const [nameA, nameB] = [nameOf(picture.color), nameOf(picture.shape)];
  const open = (id: string) => {
    const [other, index] = id.split(' ');
    const ghost = index === undefined ? undefined : choices.find((one) => one.id === other)?.held;
    if (ghost) openPoint(ghost, Number(index));
    else onOpen(Number(id));
  };
  const shared = { y, onY: setY, groups, best, hovered: pointed, onHover: onPoint, onFilter: onLeave, onOpen: open };
  // Groups that were hidden have other names now.
  const key = `${x} ${picture.color} ${picture.shape}`;
  return (
    <div className={styles.pictured}>
      <div className={styles.pictureTools}>
        {isCostKind(x) ? (
          <>
            <CompareMenu choices={choices} chosen={compared} onChange={setCompared} />
            <CopyButton text={link} name="Link to this front" inactive={link === ''}>
              Share as a challenge
            </CopyButton>
          </>
        ) : null}
        {isCostKind(x) ? <HelpLabel title="Area under the front" help={AREA_HELP} /> : null}
        <PictureSelects sweep={sweep} x={x} picture={picture} onPicture={onPicture} />
      </div>
      <div className={styles.picture}>
        <Suspense>
          {isCostKind(x) ? (
            <ParetoChart
              key={key}
              {...shared}
              points={all}
              x={x}
              onX={onX}
              otherAxes={options}
              onOtherAxis={(value) => onX(value as PictureX)}
              without={without}
              {...(nameA === undefined ? {} : { nameA })}
              {...(nameB === undefined ? {} : { nameB })}
              target={target}
              note={x === 'ms' ? timeWords([{ name: 'this sweep', held }]) : ''}
            />
          ) : axis ? (
            <ValueChart
              key={key}
              {...shared}
              points={drawn}
              axis={axis}
              options={[...options, ...costsOf(drawn, without)]}
              x={x}
              onX={(value) => onX(value as PictureX)}
              nameA={nameA}
              nameB={nameB}
            />
          ) : null}
        </Suspense>
      </div>
    </div>
  );
}

/** The front to beat alone, before there is a sweep. */
export function TargetPicture({ front }: { readonly front: Front }) {
  const [x, setX] = useState<CostKind>(front.x);
  const [y, setY] = useState<AccuracyKind>('accuracy');
  return (
    <div className={styles.picture}>
      <Suspense>
        <ParetoChart points={none} x={x} onX={setX} y={y} onY={setY} target={front} />
      </Suspense>
    </div>
  );
}

const none: readonly ParetoPoint[] = [];

/** Costs that some point has. */
function costsOf(points: readonly ParetoPoint[], without: readonly CostKind[]) {
  const known = costKinds.filter((kind) => !without.includes(kind) && points.some((point) => costOf(point, kind) > 0));
  return known.map((kind) => ({ value: kind, label: costNames[kind], group: 'Cost' }));
}

/** Times of one sweep of this browser or of one recording. */
function timesCompare({ runs }: Pick<HeldSweep, 'runs'>): boolean {
  return timedTogether({ runs }, 'live') || timedTogether({ runs }, 'recorded');
}

/** '' while there is no front. */
function linkTo({ kept }: HeldSweep, drawn: readonly ParetoPoint[], x: CostKind): string {
  const points = frontPoints(drawn, x);
  return points.length === 0 ? '' : `${location.origin}${location.pathname}#${frontFragment(kept.sweep, { x, points })}`;
}
