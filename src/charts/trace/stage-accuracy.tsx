import { lazy, Suspense, useState } from 'react';
import { type Attempt, attemptReadout, attemptRow, attemptsSummary } from '../shared/attempts';
import { ChartFrame } from '../shared/chart-frame';
import { type StagePoint, stageReadout, stagesSummary, stagesTable } from '../shared/stage-points';

/** Recharts is large and nothing is drawn before the first stage is done. */
export const loadStagePlot = () => import('./stage-accuracy-plot');
const StageAccuracyPlot = lazy(() => loadStagePlot().then((m) => ({ default: m.StageAccuracyPlot })));

const GHOST = 'M0 60H100 M0 60V0 M12 46H30V22H62V10H100';
const none: readonly Attempt[] = [];

interface Props {
  readonly points: readonly StagePoint[];
  /** Finished runs to compare with, drawn quietly. */
  readonly attempts?: readonly Attempt[];
  /** A person presses one of them. */
  readonly onOpen?: (attempt: Attempt) => void;
}

/** Measured test accuracy against bits per weight, a point for each finished stage of the run. */
export function StageAccuracy({ points, attempts = none, onOpen = () => {} }: Props) {
  const [held, setHeld] = useState<string | null>(null);
  const { head, rows } = stagesTable(points);
  return (
    <ChartFrame
      title="Accuracy vs. bits per weight"
      subtitle="test, after each stage"
      summary={[stagesSummary(points), attemptsSummary(attempts)].filter(Boolean).join(' ')}
      readout={held}
      table={() => ({ head, rows: [...rows, ...attempts.map(attemptRow)] })}
      empty={points.length > 0 ? undefined : { text: 'Each finished stage adds a point: its accuracy and its size.', ghost: GHOST }}
    >
      <Suspense>
        <StageAccuracyPlot
          points={points}
          attempts={attempts}
          onHold={(point) => setHeld(point && stageReadout(point))}
          onHoldAttempt={(attempt) => setHeld(attempt && `${attemptReadout(attempt)} · press to open`)}
          onOpen={onOpen}
        />
      </Suspense>
    </ChartFrame>
  );
}
