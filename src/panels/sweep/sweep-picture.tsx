import { lazy, Suspense, useMemo, useState } from 'react';
import type { AccuracyKind } from '../../charts/pareto/pareto-axes';
import { frontPoints, type ParetoPoint } from '../../charts/pareto/pareto-points';
import { axisNames } from '../../experiment/sweep/axis-names';
import type { Front } from '../../experiment/sweep/front-text';
import type { CostKind } from '../../numerics/measures/model-cost';
import { useExperiment } from '../../state/experiment/experiment-store';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { CopyButton } from '../../ui/copy-button';
import { CompareMenu } from './compare-menu';
import { frontFragment, sameImages, useFront } from './front-notice';
import { ghostPoints, useGhostChoices } from './ghosts';
import { openPoint } from './open-point';
import { PictureSelects } from './picture-selects';
import styles from './sweep.module.css';
import type { PictureChoices } from './sweep-words';
import { timeWords } from './time-words';

const ParetoChart = lazy(async () => ({ default: (await import('../../charts/pareto/pareto-chart')).ParetoChart }));

interface Props {
  readonly held: HeldSweep;
  /** Its points as the picture wants them. */
  readonly drawn: readonly ParetoPoint[];
  readonly picture: PictureChoices;
  readonly onPicture: (picture: PictureChoices) => void;
  /** The point that is pointed at elsewhere. */
  readonly pointed: string | null;
  readonly onPoint: (ids: readonly string[] | null) => void;
  /** What brush and legend leave; null for all. Must keep its identity. */
  readonly onLeave: (ids: readonly string[] | null) => void;
  readonly onOpen: (index: number) => void;
}

/** Accuracy against cost, with sweeps to compare with, the front to beat that the link carries, and the link to the own front. */
export function SweepPicture({ held, drawn, picture, onPicture, pointed, onPoint, onLeave, onOpen }: Props) {
  const { front } = useFront();
  const experiment = useExperiment((s) => s.experiment);
  const [chosen, setChosen] = useState<CostKind | null>(null);
  const [y, setY] = useState<AccuracyKind>('accuracy');
  const choices = useGhostChoices(held);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const { axes, experiment: base } = held.kept.sweep;
  const target = front && sameImages(base, experiment) ? front : null;
  const x = chosen ?? target?.x ?? 'bits-per-weight';
  const ghosts = useMemo(() => compared.flatMap((id) => choices.filter((one) => one.id === id)), [compared, choices]);
  const points = useMemo(() => [...drawn, ...ghosts.flatMap(ghostPoints)], [drawn, ghosts]);
  const note = x === 'ms' ? timeWords([{ name: 'this sweep', held }, ...ghosts]) : '';
  const link = useMemo(() => linkTo(held, drawn, x), [held, drawn, x]);
  if (drawn.length === 0 && !target) return null;
  const [nameA, nameB] = [picture.color, picture.shape].map((a) =>
    a === undefined || !axes[a] ? undefined : axisNames(base).head(axes[a]),
  );
  const open = (id: string) => {
    const [other, index] = id.split(' ');
    const ghost = index === undefined ? undefined : choices.find((one) => one.id === other)?.held;
    if (ghost) openPoint(ghost, Number(index));
    else onOpen(Number(id));
  };
  return (
    <div className={styles.pictured}>
      <div className={styles.pictureTools}>
        <CompareMenu choices={choices} chosen={compared} onChange={setCompared} />
        <CopyButton text={link} name="Link to this front" inactive={link === ''}>
          Share as a challenge
        </CopyButton>
        <PictureSelects sweep={held.kept.sweep} picture={picture} onPicture={onPicture} />
      </div>
      <div className={styles.picture}>
        <Suspense>
          <ParetoChart
            // Groups that were hidden have other names now.
            key={`${picture.color} ${picture.shape}`}
            points={points}
            x={x}
            onX={setChosen}
            y={y}
            onY={setY}
            {...(nameA === undefined ? {} : { nameA })}
            {...(nameB === undefined ? {} : { nameB })}
            target={target}
            note={note}
            hovered={pointed}
            onHover={onPoint}
            onFilter={onLeave}
            onOpen={open}
          />
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

/** '' while there is no front. */
function linkTo({ kept }: HeldSweep, drawn: readonly ParetoPoint[], x: CostKind): string {
  const points = frontPoints(drawn, x);
  return points.length === 0 ? '' : `${location.origin}${location.pathname}#${frontFragment(kept.sweep, { x, points })}`;
}
