import { CalibrationBench } from '../../charts/calibration-bench';
import { DrawStrip } from '../../charts/draw-strip';
import { calibrationVariations, drawVariations, sampleCounts } from '../../experiment/variations';
import { useExperiment } from '../../state/experiment-store';
import { MeasureSection } from './measure-section';
import numbers from './numbers.module.css';
import styles from './profile.module.css';

const DRAWS = 20;

/** The tab that measures variations of the experiment: the calibration bench, and draws of a stochastic rounding. */
export function MeasurePanel() {
  const experiment = useExperiment((s) => s.experiment);
  return (
    <div className={styles.profile}>
      <MeasureSection
        kind="calibration"
        title="Calibration bench"
        help="Runs the last quantize stage once with each calibration method, each on 1 to 2,048 calibration images, on the model as it is trained, and measures every result on all test images."
        action="Run the calibration bench"
        found={calibrationVariations(experiment)}
        picture={(points) => <CalibrationBench points={points} values={sampleCounts} />}
      />
      <MeasureSection
        kind="draws"
        title="Stochastic draws"
        help="Stores the same trained weights several times, each with other random numbers for the stochastic rounding, and measures every result on all test images. Nothing is trained again."
        action={`Measure ${DRAWS} draws`}
        found={drawVariations(experiment, DRAWS)}
        picture={(points) => <DrawStrip points={points} />}
      />
      <section className={numbers.stage}>
        <h3>Two runs in lock-step</h3>
        <p className={numbers.note}>
          Open a stage of the program and press “Compare with…”: a second run with one value changed advances beside this one, and the live
          trace shows both.
        </p>
      </section>
    </div>
  );
}
