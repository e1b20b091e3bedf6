import { CurveOverlay } from '../../charts/comparison/curve-overlay';
import type { KeptRun } from '../../experiment/results/kept-run';
import { percent, significant } from '../../numerics/measures/number-words';
import styles from './compare.module.css';

/** Loss and validation accuracy of all runs, each in one chart. */
export function RunCurves({ runs, names }: { readonly runs: readonly KeptRun[]; readonly names: readonly string[] }) {
  const curves = (kind: 'loss' | 'validation') => runs.map((run, i) => ({ name: names[i] ?? run.id, points: run.curves[kind] }));
  return (
    <div className={styles.pictures}>
      <CurveOverlay
        title="Training loss"
        curves={curves('loss')}
        log
        text={(value) => significant(value)}
        tickText={(value) => String(value)}
      />
      <CurveOverlay
        title="Validation accuracy"
        curves={curves('validation')}
        text={(value) => percent(value, 2)}
        tickText={(value) => percent(value, value * 100 === Math.round(value * 100) ? 0 : 1)}
      />
    </div>
  );
}
