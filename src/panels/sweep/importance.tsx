import { useMemo } from 'react';
import { BarList } from '../../charts/shared/bar-list';
import { axisNames } from '../../experiment/sweep/axis-names';
import { varianceExplained } from '../../numerics/measures/importance';
import { percent } from '../../numerics/measures/number-words';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import styles from './sweep.module.css';

/** Which setting mattered: how much of the variance of the test accuracy each axis explains by itself. Nothing for fewer than two axes. */
export function Importance({ held: { kept, points, runs } }: { readonly held: HeldSweep }) {
  const { axes, experiment } = kept.sweep;
  const shares = useMemo(() => {
    const measured = points.filter(({ index }) => runs[index]);
    return varianceExplained(
      measured.map(({ index }) => runs[index]?.record.testAccuracy ?? Number.NaN),
      measured.map(({ ticks }) => ticks),
    );
  }, [points, runs]);
  if (axes.length < 2 || shares.length === 0 || shares.some(Number.isNaN)) return null;
  const { head } = axisNames(experiment);
  const named = axes.map((axis, a) => ({ label: head(axis), value: shares[a] ?? 0 })).sort((a, b) => b.value - a.value);
  const rest = Math.max(0, 1 - shares.reduce((a, b) => a + b, 0));
  const rows = [...named, { label: 'combinations of them', value: rest }];
  return (
    <div className={styles.importance}>
      <BarList
        title="Which setting mattered"
        subtitle="share of the variance of the test accuracy"
        summary={`${named[0]?.label} explains most by itself, ${percent(named[0]?.value ?? 0, 0)}. Combinations: what no axis explains by itself, chance included.`}
        head={['setting', '', 'variance explained']}
        rows={rows.map(({ label, value }) => ({ label, note: '', value, text: percent(value, 0) }))}
      />
    </div>
  );
}
