import { lazy, Suspense, useMemo } from 'react';
import { LedgerBar } from '../../charts/ledger/ledger-bar';
import { RecordedPictures } from '../../charts/shared/chart-frame';
import type { StagePoint } from '../../charts/shared/stage-points';
import type { GhostTrace } from '../../charts/trace/ghost-trace';
import { LiveTrace } from '../../charts/trace/live-trace';
import { StageAccuracy } from '../../charts/trace/stage-accuracy';
import type { TraceStage } from '../../charts/trace/stage-places';
import type { LiveSeries } from '../../charts/trace/trace-data';
import type { BesideTrace } from '../../charts/trace/trace-words';
import { WeightsHistogram } from '../../charts/weights/weights-histogram';
import { stepMark, unroll, withRound } from '../../experiment/program/unroll';
import { compresses, stageDefinition, trainingSteps, trains } from '../../experiment/stages/registry';
import type { LayerInspection, StageSummary } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import type { Ledger } from '../../numerics/measures/ledger';
import { openView } from '../../state/ui/views';
import { Button } from '../../ui/button';
import { LayerChooser } from '../layer-chooser';
import styles from './results.module.css';

/** It needs the saved runs, which are loaded when there is a first point. */
const StageAttempts = lazy(() => import('./stage-attempts').then((m) => ({ default: m.StageAttempts })));

/** Finished stages as points; none before the number of weights is known. */
export function stagePoints(
  summaries: readonly StageSummary[],
  weights: number,
  compressedFromStage: number | null,
  program: readonly Stage[],
): readonly StagePoint[] {
  if (weights === 0) return [];
  return summaries.map((s) => ({
    stage: s.stage,
    mark: stepMark(program, s.stage),
    kind: withRound(program, s.stage, s.kind),
    accuracy: s.testAccuracy,
    totalBits: s.totalBits,
    bitsPerWeight: s.totalBits / weights,
    compressed: compressedFromStage !== null && s.stage >= compressedFromStage,
  }));
}

/** The steps of a program's run, as the picture of loss and accuracy names them. */
export function traceStages(program: readonly Stage[]): readonly TraceStage[] {
  return unroll(program).map(({ stage }, number) => {
    const { label } = stageDefinition(stage.kind);
    const name = withRound(program, number, label);
    const steps = trains(stage) ? trainingSteps(stage) : null;
    return { mark: stepMark(program, number), name, short: label, on: stage.on, steps, compresses: compresses(stage) };
  });
}

/** Test accuracies by step of the run. */
export function testsOf(summaries: readonly Pick<StageSummary, 'stage' | 'testAccuracy'>[]): Readonly<Record<number, number>> {
  return Object.fromEntries(summaries.map(({ stage, testAccuracy }) => [stage, testAccuracy]));
}

export interface ResultsViewProps {
  readonly metrics: LiveSeries;
  /** A run beside the one on the screen; null for none. */
  readonly beside: BesideTrace | null;
  /** The pinned baseline; null for none. */
  readonly ghost: GhostTrace | null;
  /** The run was made earlier, and is shown as such. */
  readonly recorded: boolean;
  readonly totalSteps: number;
  /** The stages whose run it is. */
  readonly program: readonly Stage[];
  /** The first step of the run that compresses; null if none. */
  readonly compressedFromStage: number | null;
  /** Finished stages in order. */
  readonly summaries: readonly StageSummary[];
  readonly layers: readonly LayerInspection[];
  readonly ledger: Ledger | null;
  readonly selectedLayer: string;
  readonly onSelectLayer: (layer: string) => void;
}

/** The four pictures of the middle column. */
export function ResultsView(props: ResultsViewProps) {
  const { metrics, totalSteps, compressedFromStage, program, beside, recorded, layers, ledger, selectedLayer } = props;
  const layer = layers.find((l) => l.layer === selectedLayer) ?? layers[0] ?? null;
  const points = stagePoints(props.summaries, ledger?.weights ?? 0, compressedFromStage, program);
  const stages = useMemo(() => traceStages(program), [program]);
  const tests = useMemo(() => testsOf(props.summaries), [props.summaries]);
  return (
    <section className={styles.results} aria-label="Results">
      <RecordedPictures value={recorded}>
        <div className={styles.grid}>
          <LiveTrace
            series={metrics}
            totalSteps={totalSteps}
            stages={stages}
            tests={tests}
            compressedFromStage={compressedFromStage}
            beside={beside}
            ghost={props.ghost}
          />
          {points.length > 0 && !recorded ? (
            <Suspense fallback={<StageAccuracy points={points} />}>
              <StageAttempts points={points} />
            </Suspense>
          ) : (
            <StageAccuracy points={points} />
          )}
          <WeightsHistogram
            layer={layer}
            tools={
              layer &&
              layers.length > 1 && (
                <LayerChooser layers={layers.map((l) => l.layer)} selected={layer.layer} onSelect={props.onSelectLayer} />
              )
            }
          />
          <LedgerBar
            ledger={ledger}
            tools={
              ledger && !recorded ? (
                <Button
                  small
                  variant="quiet"
                  onPress={() => openView('file')}
                  tip="Store the same model in every way, and compare the files"
                >
                  Other storages
                </Button>
              ) : undefined
            }
          />
        </div>
      </RecordedPictures>
    </section>
  );
}
