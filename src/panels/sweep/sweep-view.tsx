import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { AccuracyKind } from '../../charts/pareto-axes';
import { paceOf, sweepCost } from '../../experiment/sweep/cost';
import type { CostKind } from '../../numerics/model-cost';
import { edit, setInterface } from '../../state/experiment-store';
import { useRun } from '../../state/run-store';
import { type HeldSweep, missingPoints } from '../../state/sweep-store';
import { sweepKeeper } from '../../state/sweeps';
import { Button } from '../../ui/button';
import { PointsTable } from './points-table';
import styles from './sweep.module.css';
import { axisNames, groupAxes, paretoPoints, progressWords, sweepTitle } from './sweep-words';

const ParetoChart = lazy(async () => ({ default: (await import('../../charts/pareto-chart')).ParetoChart }));

/** A sweep: where it stands, its buttons, the picture and the table of its points. */
export function SweepView({ held }: { readonly held: HeldSweep }) {
  const { kept, points, runs } = held;
  const { id, state } = kept;
  const left = useSecondsLeft(held);
  const open = useCallback(
    (index: number) => {
      const point = points[index];
      if (!point) return;
      setInterface('sweep', null);
      edit(point.experiment);
    },
    [points],
  );
  const missing = missingPoints(held).length;
  const failed = points.filter(({ index, problem }) => problem === '' && kept.failed[index] !== undefined).length;
  return (
    <section className={styles.view} aria-label={sweepTitle(held)}>
      <h3>{sweepTitle(held)}</h3>
      <p className={styles.cost}>{progressWords(held, left)}</p>
      <progress
        className={styles.progress}
        aria-label="Progress of the sweep"
        max={points.length}
        value={Object.keys(runs).length + Object.keys(kept.failed).length}
      />
      <div className="button-row">
        {state === 'running' ? (
          <Button small onPress={() => sweepKeeper.pause(id)}>
            Pause the sweep
          </Button>
        ) : null}
        {state !== 'running' && missing > 0 ? (
          <Button small onPress={() => void sweepKeeper.resume(id)}>
            Resume the sweep
          </Button>
        ) : null}
        {state === 'running' || state === 'paused' ? (
          <Button small onPress={() => sweepKeeper.cancel(id)}>
            Cancel the sweep
          </Button>
        ) : null}
        {state === 'done' && failed > 0 ? (
          <Button small onPress={() => void sweepKeeper.retry(id)}>
            Try what failed again
          </Button>
        ) : null}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {state === 'running' ? '' : progressWords(held, null)}
      </p>
      <Picture held={held} onOpen={open} />
      <PointsTable held={held} onOpen={open} />
    </section>
  );
}

function Picture({ held, onOpen }: { readonly held: HeldSweep; readonly onOpen: (index: number) => void }) {
  const [x, setX] = useState<CostKind>('bits-per-weight');
  const [y, setY] = useState<AccuracyKind>('accuracy');
  const { kept, points, runs } = held;
  // biome-ignore lint/correctness/useExhaustiveDependencies: progress changes ten times a second and is not in the picture.
  const drawn = useMemo(() => paretoPoints(held), [points, runs, kept]);
  const { axes, experiment } = kept.sweep;
  if (Object.keys(runs).length === 0) return null;
  const groups = axes.flatMap((axis, a) => (axis.paths.includes('seed') ? [] : [a]));
  const [nameA, nameB] = groupAxes(axes, groups).flatMap((a) => (axes[a] ? [axisNames(experiment).head(axes[a])] : []));
  return (
    <div className={styles.picture}>
      <Suspense>
        <ParetoChart
          points={drawn}
          x={x}
          onX={setX}
          y={y}
          onY={setY}
          {...(nameA === undefined ? {} : { nameA })}
          {...(nameB === undefined ? {} : { nameB })}
          onOpen={(id) => onOpen(Number(id))}
        />
      </Suspense>
    </div>
  );
}

/** Seconds that are left; null where nothing like it has run on this backend. */
function useSecondsLeft(held: HeldSweep): number | null {
  const backend = useRun((s) => s.backend?.name);
  const { kept, runs } = held;
  // biome-ignore lint/correctness/useExhaustiveDependencies: progress inside a run is not counted.
  return useMemo(() => {
    const pace = paceOf(kept.sweep.experiment, backend, Object.values(runs), []);
    return sweepCost(missingPoints(held), pace).seconds;
  }, [kept, runs, backend]);
}
