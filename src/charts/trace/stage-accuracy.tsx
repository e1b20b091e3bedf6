import { lazy, Suspense, useState } from 'react';
import { ChartFrame } from '../shared/chart-frame';
import { type StagePoint, stageReadout, stagesSummary, stagesTable } from '../shared/stage-points';

/** Recharts is large and nothing is drawn before the first stage is done. */
export const loadStagePlot = () => import('./stage-accuracy-plot');
const StageAccuracyPlot = lazy(() => loadStagePlot().then((m) => ({ default: m.StageAccuracyPlot })));

const GHOST = 'M0 60H100 M0 60V0 M12 46H30V22H62V10H100';

/** Measured test accuracy against bits per weight, a point for each finished stage of the run. */
export function StageAccuracy({ points }: { readonly points: readonly StagePoint[] }) {
  const [held, setHeld] = useState<StagePoint | null>(null);
  return (
    <ChartFrame
      title="Accuracy against bits"
      subtitle="measured after each stage"
      summary={stagesSummary(points)}
      readout={held && stageReadout(held)}
      table={() => stagesTable(points)}
      empty={points.length > 0 ? undefined : { text: 'Each finished stage adds a point: its accuracy and its size.', ghost: GHOST }}
    >
      <Suspense>
        <StageAccuracyPlot points={points} onHold={setHeld} />
      </Suspense>
    </ChartFrame>
  );
}
