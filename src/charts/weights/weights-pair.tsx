import { ticks } from 'd3-array';
import { type ReactNode, useMemo } from 'react';
import { fixed } from '../../numerics/measures/number-words';
import { ChartFrame, type ChartTable } from '../shared/chart-frame';
import { Legend, weightsLegend } from '../shared/legend';
import { linearScale } from '../shared/linear-scale';
import plot from '../shared/plot.module.css';
import { BottomFigures, PlotBox } from '../shared/plot-box';
import { useStepper } from '../shared/use-stepper';
import { WeightsMarks } from './weights-marks';
import {
  type LayerWeights,
  nearestItem,
  sharedAxes,
  sideRows,
  sideWords,
  type WeightsSide,
  weightsItems,
  weightsSide,
} from './weights-sides';

interface Props {
  readonly layer: string;
  readonly baseline: LayerWeights;
  readonly run: LayerWeights;
  /** Layer chooser. */
  readonly tools?: ReactNode;
}

const HEIGHT = 260;
const MARGIN = { left: 6, right: 6, top: 6, bottom: 22 };
const MIDDLE = (MARGIN.top + HEIGHT - MARGIN.bottom) / 2;
/** Sides by index: what is drawn below, and what above. */
const BASELINE = 0;
const RUN = 1;
const NAMES = ['baseline', 'this run'];

/** The weights of one layer in two runs, mirrored: both axes are the same for both. */
export function WeightsPair({ layer, baseline, run, tools }: Props) {
  const sides = useMemo(() => [weightsSide(baseline), weightsSide(run)] as const, [baseline, run]);
  const { domain, peak, top } = useMemo(() => sharedAxes([baseline, run], sides), [baseline, run, sides]);
  const items = useMemo(() => weightsItems(sides), [sides]);
  const stepper = useStepper(items.length, Math.floor(items.length / 2));
  const held = stepper.index === null ? undefined : items[stepper.index];
  const readout = held ? `${NAMES[held.side]}: ${held.text}` : null;
  const summary = `Baseline: ${sideWords(baseline)}. This run: ${sideWords(run)}.`;
  const heldOf = (side: number) => (held?.side === side ? held.index : null);
  const scaleFor = (width: number) => linearScale(domain, [MARGIN.left, width - MARGIN.right]);
  return (
    <ChartFrame
      height="content"
      title={`Weights of ${layer}`}
      subtitle={<Legend items={weightsLegend(run)} />}
      summary={summary}
      readout={readout}
      table={() => pairTable(sides)}
      tools={tools}
    >
      <PlotBox
        height={HEIGHT}
        stepper={stepper}
        label={`Weights of ${layer} in both runs; arrow keys step through them`}
        text={readout ?? summary}
        itemAt={(x, y, width) => nearestItem(items, y < MIDDLE ? RUN : BASELINE, scaleFor(width).invert(x))}
      >
        {(width) => {
          const x = scaleFor(width);
          const up = linearScale([0, peak], [MIDDLE, MARGIN.top]);
          const down = linearScale([0, peak], [MIDDLE, HEIGHT - MARGIN.bottom]);
          const shareUp = linearScale([0, top], [MIDDLE, MARGIN.top]);
          const shareDown = linearScale([0, top], [MIDDLE, HEIGHT - MARGIN.bottom]);
          return (
            <>
              <WeightsMarks side={sides[RUN]} x={x} y={up} yShare={shareUp} base={MIDDLE} held={heldOf(RUN)} />
              <WeightsMarks side={sides[BASELINE]} x={x} y={down} yShare={shareDown} base={MIDDLE} held={heldOf(BASELINE)} ghost />
              <line className={plot.axis} x1={MARGIN.left} x2={width - MARGIN.right} y1={MIDDLE} y2={MIDDLE} />
              <text className={plot.caption} x={MARGIN.left} y={MARGIN.top + 10}>
                this run
              </text>
              <text className={plot.caption} x={MARGIN.left} y={HEIGHT - MARGIN.bottom - 4}>
                baseline
              </text>
              <BottomFigures
                ticks={ticks(domain[0], domain[1], Math.max(3, Math.min(9, Math.floor(width / 80))))}
                at={x}
                text={(tick) => fixed(tick, 4).replace(/\.?0+$/, '')}
                y={HEIGHT - 6}
                left={0}
                right={width}
              />
            </>
          );
        }}
      </PlotBox>
    </ChartFrame>
  );
}

function pairTable(sides: readonly WeightsSide[]): ChartTable {
  return {
    head: ['run', 'what', 'weight', 'count', 'share'],
    rows: sides.flatMap((side, i) => sideRows(side).map((row) => [NAMES[i] ?? '', ...row])),
  };
}
