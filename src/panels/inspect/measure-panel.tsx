import type { ReactNode } from 'react';
import type { BenchPoint } from '../../charts/quantizer/bench-layout';
import { CalibrationBench } from '../../charts/quantizer/calibration-bench';
import { DrawStrip } from '../../charts/quantizer/draw-strip';
import { calibrationVariations, drawVariations, sampleCounts, type Variations } from '../../experiment/program/variations';
import type { StageSummary } from '../../experiment/types/events';
import { useExperiment } from '../../state/experiment/experiment-store';
import { cancelMeasure, measure } from '../../state/lab';
import { measureKey, useMeasure } from '../../state/run/measure-store';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { HelpLabel } from '../../ui/help';
import { costWords, pointsOf, progressWords } from './measure-words';
import numbers from './numbers.module.css';
import styles from './profile.module.css';
import { SpeedSection } from './speed-section';

const DRAWS = 20;

/** The tab of speed and size, and of variations of the experiment: the calibration bench, and draws of a stochastic rounding. */
export function MeasurePanel({ summaries }: { readonly summaries: readonly StageSummary[] }) {
  const experiment = useExperiment((s) => s.experiment);
  return (
    <div className={styles.profile}>
      <SpeedSection summaries={summaries} />
      <MeasureSection
        kind="calibration"
        title="Calibration bench"
        help="Runs the last quantize stage on the trained model with each calibration method and 1 to 2,048 calibration images. Every result is measured on all test images."
        action="Run the calibration bench"
        found={calibrationVariations(experiment)}
        picture={(points) => <CalibrationBench points={points} values={sampleCounts} />}
      />
      <MeasureSection
        kind="draws"
        title="Stochastic draws"
        help="Stores the same trained weights several times, with different random numbers for the stochastic rounding. Every result is measured on all test images; nothing is retrained."
        action={`Measure ${DRAWS} draws`}
        found={drawVariations(experiment, DRAWS)}
        picture={(points) => <DrawStrip points={points} />}
      />
      <section className={numbers.stage}>
        <h3>Two runs side by side</h3>
        <p className={numbers.note}>
          Open a stage of the program and press “Compare with…”: a second run with one changed value is trained alternately with this one,
          and the live trace shows both.
        </p>
      </section>
    </div>
  );
}

interface Props {
  readonly kind: string;
  readonly title: string;
  readonly help: string;
  readonly action: string;
  readonly found: Variations;
  readonly picture: (points: readonly BenchPoint[]) => ReactNode;
}

/** One measurement: what it is, what it costs, its progress, its result. */
export function MeasureSection({ kind, title, help, action, found, picture }: Props) {
  const experiment = useExperiment((s) => s.experiment);
  const key = measureKey(kind, experiment);
  const measurement = useMeasure((s) => s.measurements[key]);
  const other = useMeasure((s) => Object.entries(s.measurements).some(([k, m]) => k !== key && m.status === 'running'));
  const summaries = useRun((s) => s.summaries);
  const stuck = useRun((s) => s.fatal !== null || s.dataProblem !== null);
  const points = measurement ? pointsOf(measurement) : [];
  const running = measurement?.status === 'running';
  return (
    <section className={numbers.stage} aria-label={title}>
      <h3>{title}</h3>
      {'missing' in found ? (
        <p className={numbers.note}>{found.missing}</p>
      ) : (
        <>
          <div className="button-row">
            {running ? (
              <Button small onPress={cancelMeasure}>
                Cancel
              </Button>
            ) : (
              <Button small inactive={other || stuck} onPress={() => measure(key, found.variations)}>
                {measurement ? 'Measure again' : action}
              </Button>
            )}
          </div>
          <p className={numbers.note}>
            {running
              ? progressWords(measurement)
              : other
                ? 'Another measurement is running.'
                : costWords(experiment, found.variations, summaries, measurement)}
          </p>
          {running ? (
            <progress
              className={styles.progress}
              aria-label={`${title}, progress`}
              max={measurement.variations.length}
              value={measurement.results.filter(Boolean).length}
            />
          ) : null}
          <p className="visually-hidden" aria-live="polite">
            {measurement && !running ? `${title}: ${measurement.status === 'done' ? 'done' : 'cancelled'}, ${points.length} measured.` : ''}
          </p>
        </>
      )}
      {points.length > 0 ? <div className={styles.picture}>{picture(points)}</div> : null}
      <HelpLabel title={title} help={help} className={styles.help}>
        What is measured
      </HelpLabel>
    </section>
  );
}
