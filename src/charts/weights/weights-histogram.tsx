import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { count, percent, significant } from '../../numerics/measures/number-words';
import { ChartFrame, type ChartTable } from '../shared/chart-frame';
import { Legend, weightsLegend } from '../shared/legend';
import { useStepper } from '../shared/use-stepper';
import {
  binReadout,
  type DensityBin,
  densityBins,
  histogramSummary,
  type LatentHistogram,
  type Level,
  levelReadout,
  type StoredLevels,
  storedLevels,
  sum,
} from './histogram-layout';

interface Props {
  readonly layer: {
    readonly layer: string;
    readonly latent: LatentHistogram;
    readonly stored: StoredLevels | null;
    readonly pruned?: number;
  } | null;
  /** Layer chooser. */
  readonly tools?: ReactNode;
}

const GHOST =
  'M0 58C20 58 28 50 36 26S46 4 50 4S56 6 64 26S80 58 100 58 M20 58V55 M30 58V46 M40 58V18 M50 58V6 M60 58V18 M70 58V46 M80 58V55';

/** Nothing is drawn before a run has weights. */
export const loadHistogramPlot = () => import('./histogram-plot');
const HistogramPlot = lazy(() => loadHistogramPlot().then((m) => ({ default: m.HistogramPlot })));

/** Latent weights as an area, stored levels as bars, both as densities over one axis in weight units. */
export function WeightsHistogram({ layer, tools }: Props) {
  const latent = layer?.latent;
  const stored = layer?.stored ?? null;
  const levels = useMemo(() => (stored ? storedLevels(stored) : []), [stored]);
  const bins = useMemo(() => (latent ? densityBins(latent) : []), [latent]);
  const total = latent ? sum(latent.counts) : 0;
  const items = levels.length > 0 ? levels.length : bins.length;
  const stepper = useStepper(items, Math.floor(items / 2));
  const held = stepper.index;
  const readout = held === null ? null : levels.length > 0 ? levelReadout(levels[held]!) : binReadout(bins[held]!, total);
  return (
    <ChartFrame
      title={layer ? `Weights of ${layer.layer}` : 'Weights'}
      subtitle={layer && <Legend items={weightsLegend({ stored })} />}
      summary={layer && latent ? histogramSummary(latent, stored, layer.pruned) : ''}
      readout={readout}
      table={() => histogramTable(bins, levels, total)}
      tools={layer ? tools : undefined}
      empty={layer ? undefined : { text: 'The weights of a layer appear here, as trained and as stored.', ghost: GHOST }}
    >
      {latent && (
        <Suspense>
          <HistogramPlot
            label={`Weights of ${layer.layer}; arrow keys step through ${levels.length > 0 ? 'values in the file' : 'bins'}`}
            latent={latent}
            bins={bins}
            levels={levels}
            scale={stored?.scale ?? null}
            stepper={stepper}
            summary={histogramSummary(latent, stored, layer.pruned)}
            readout={readout}
          />
        </Suspense>
      )}
    </ChartFrame>
  );
}

function histogramTable(bins: readonly DensityBin[], levels: readonly Level[], total: number): ChartTable {
  if (levels.length > 0) {
    const coded = levels.every((l) => l.code !== null);
    return {
      head: [...(coded ? ['code'] : []), 'value in the file', 'weights', 'share'],
      rows: levels.map((l) => [...(coded ? [count(l.code ?? 0)] : []), significant(l.value), count(l.count), percent(l.share)]),
    };
  }
  return {
    head: ['from', 'to', 'weights', 'share'],
    rows: bins.map((b) => [significant(b.from), significant(b.to), count(b.count), percent(b.count / total)]),
  };
}
