import { ticks } from 'd3-array';
import { fixed } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { Legend, weightsLegend } from '../shared/legend';
import { linearScale } from '../shared/linear-scale';
import plot from '../shared/plot.module.css';
import { BottomFigures } from '../shared/plot-box';
import styles from '../shared/still.module.css';
import { WeightsMarks } from './weights-marks';
import { type LayerWeights, sharedAxes, sideRows, sideWords, weightsSide } from './weights-sides';

interface Props {
  readonly layer: string;
  readonly weights: LayerWeights;
}

const WIDTH = 344;
const HEIGHT = 140;
const MARGIN = { left: 6, right: 6, top: 6, bottom: 22 };

/** The weights of a layer of a finished run, latent and stored, drawn so that they can be printed. */
export function StillWeights({ layer, weights }: Props) {
  const side = weightsSide(weights);
  const { domain, peak, top } = sharedAxes([weights], [side]);
  const x = linearScale(domain, [MARGIN.left, WIDTH - MARGIN.right]);
  const bottom = HEIGHT - MARGIN.bottom;
  const words = sideWords(weights);
  return (
    <ChartFrame
      height="content"
      title={`Weights of ${layer}`}
      subtitle={<Legend items={weightsLegend(weights)} />}
      summary={`${words.charAt(0).toUpperCase()}${words.slice(1)}.`}
      table={() => ({ head: ['what', 'weight', 'count', 'share'], rows: sideRows(side) })}
    >
      <svg aria-hidden="true" className={styles.svg} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
        <WeightsMarks
          side={side}
          x={x}
          y={linearScale([0, peak], [bottom, MARGIN.top])}
          yShare={linearScale([0, top], [bottom, MARGIN.top])}
          base={bottom}
        />
        <line className={plot.axis} x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={bottom + 0.5} y2={bottom + 0.5} />
        <BottomFigures
          ticks={ticks(domain[0], domain[1], 5)}
          at={x}
          text={(tick) => fixed(tick, 4).replace(/\.?0+$/, '')}
          y={HEIGHT - 6}
          left={0}
          right={WIDTH}
        />
      </svg>
    </ChartFrame>
  );
}
