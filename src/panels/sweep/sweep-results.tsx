import { useCallback, useMemo, useState } from 'react';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { openPoint } from './open-point';
import { PointDetail } from './point-detail';
import { PointsTable } from './points-table';
import styles from './sweep.module.css';
import { SweepPicture } from './sweep-picture';
import { firstPicture, paretoPoints } from './sweep-words';

/** What has come of a sweep: the picture, the curves of the point that was last pointed at, and the table of all points. */
export function SweepResults({ held }: { readonly held: HeldSweep }) {
  const { kept, points, runs } = held;
  const [picture, setPicture] = useState(() => firstPicture(kept.sweep.axes));
  // biome-ignore lint/correctness/useExhaustiveDependencies: progress changes ten times a second and is not in the picture.
  const drawn = useMemo(() => paretoPoints(held, picture), [points, runs, kept, picture]);
  /** Ids of the points of the mark that is pointed at, here or there. */
  const [pointed, setPointed] = useState<readonly string[]>([]);
  /** Those of the last one: its curves stay. */
  const [last, setLast] = useState<readonly string[]>([]);
  const [left, setLeft] = useState<readonly string[] | null>(null);
  const point = useCallback((ids: readonly string[] | null) => {
    setPointed(ids ?? []);
    if (ids) setLast(ids);
  }, []);
  const open = (index: number) => openPoint(held, index);
  const told = last.map(Number).filter((index) => runs[index] || kept.failed[index] !== undefined);
  return (
    <>
      <div className={styles.results}>
        <SweepPicture
          held={held}
          drawn={drawn}
          picture={picture}
          onPicture={setPicture}
          pointed={pointed[0] ?? null}
          onPoint={point}
          onLeave={setLeft}
          onOpen={open}
        />
        {drawn.length > 0 ? <PointDetail held={held} indices={told} onOpen={open} /> : null}
      </div>
      <PointsTable held={held} pointed={pointed} left={left} onPoint={point} onOpen={open} />
    </>
  );
}
