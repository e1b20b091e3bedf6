import { useMemo } from 'react';
import type { BesideTrace } from '../../charts/beside-words';
import type { GhostTrace } from '../../charts/ghost-trace';
import { LedgerBar } from '../../charts/ledger-bar';
import type { LiveSeries } from '../../charts/live-series';
import { LiveTrace } from '../../charts/live-trace';
import { RecordedPictures } from '../../charts/recorded-sign';
import { StageAccuracy } from '../../charts/stage-accuracy';
import { WeightsHistogram } from '../../charts/weights-histogram';
import type { LayerInspection, StageSummary } from '../../experiment/events';
import { stepMark, unroll } from '../../experiment/program/unroll';
import type { Stage } from '../../experiment/types';
import type { Ledger } from '../../numerics/ledger';
import { LayerChooser } from '../layer-chooser';
import { stagePoints } from './measured-stages';
import styles from './results.module.css';

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
  const marks = useMemo(() => unroll(program).map((_, number) => stepMark(program, number)), [program]);
  return (
    <section className={styles.results} aria-label="Results">
      <RecordedPictures value={recorded}>
        <div className={styles.grid}>
          <LiveTrace
            series={metrics}
            totalSteps={totalSteps}
            marks={marks}
            compressedFromStage={compressedFromStage}
            beside={beside}
            ghost={props.ghost}
          />
          <StageAccuracy points={stagePoints(props.summaries, ledger?.weights ?? 0, compressedFromStage, program)} />
          <WeightsHistogram
            layer={layer}
            tools={
              layer &&
              layers.length > 1 && (
                <LayerChooser layers={layers.map((l) => l.layer)} selected={layer.layer} onSelect={props.onSelectLayer} />
              )
            }
          />
          <LedgerBar ledger={ledger} />
        </div>
      </RecordedPictures>
    </section>
  );
}
