import { lazy, Suspense, useMemo } from 'react';
import { pointNames } from '../../experiment/sweep/axis-names';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import type { PictureChoices } from './picture';
import styles from './sweep.module.css';
import { groupNames, valueAxis } from './sweep-words';

const ParallelChart = lazy(async () => ({ default: (await import('../../charts/sweep/parallel-chart')).ParallelChart }));

/** From so many axes on a plane does not show what belongs together. */
const LEAST_AXES = 3;

interface Props {
  readonly held: HeldSweep;
  readonly picture: PictureChoices;
  readonly onPoint: (ids: readonly string[] | null) => void;
  readonly onOpen: (index: number) => void;
}

/** All values of every run at once, where three are varied. */
export function ParallelPicture({ held, picture, onPoint, onOpen }: Props) {
  const { kept, points, runs } = held;
  const { sweep } = kept;
  const axes = useMemo(() => sweep.axes.flatMap((_, a) => valueAxis(sweep, a) ?? []), [sweep]);
  const color = picture.color ?? 0;
  const groups = useMemo(() => groupNames(sweep, color) ?? [], [sweep, color]);
  const drawn = useMemo(() => {
    const nameOf = pointNames(sweep, true);
    return points.flatMap((point) => {
      const run = runs[point.index];
      if (!run) return [];
      const { testAccuracy } = run.record;
      const group = groups[point.ticks[color] ?? 0] ?? '';
      return [{ id: String(point.index), label: nameOf(point), ticks: point.ticks, accuracy: testAccuracy, group }];
    });
  }, [sweep, points, runs, color, groups]);
  if (axes.length < LEAST_AXES || drawn.length < 2) return null;
  return (
    <div className={styles.parallel}>
      <Suspense>
        <ParallelChart
          axes={axes}
          runs={drawn}
          group={axes[color]?.name ?? ''}
          groups={groups}
          onHover={onPoint}
          onOpen={(id) => onOpen(Number(id))}
        />
      </Suspense>
    </div>
  );
}
