import { significant } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { useSize } from '../shared/use-size';
import { useStepper } from '../shared/use-stepper';
import {
  type Centroid,
  centroidReadout,
  centroids,
  clusterRange,
  clusterSummary,
  type SharedValues,
  type WeightBins,
} from './cluster-layout';
import styles from './cluster-line.module.css';

interface Props {
  readonly layer: string;
  readonly weights: WeightBins;
  /** Null where the layer's weights are not shared. */
  readonly shared: SharedValues | null;
  /** The same before the centroids were trained; null where nothing was trained since. */
  readonly before: SharedValues | null;
}

const GHOST = 'M0 50H100 M10 50V30 M28 50V10 M50 50V24 M74 50V14 M92 50V36';
const [HILL, LINE, FOOT] = [90, 104, 150];

/** A layer's weights on a line, and the values that they share: where they were put, and where training moved them. */
export function ClusterLine({ layer, weights, shared, before }: Props) {
  const list = shared ? centroids(shared, before) : [];
  const stepper = useStepper(list.length);
  const held = stepper.index === null ? undefined : list[stepper.index];
  const readout = held ? centroidReadout(held) : null;
  const summary = shared ? clusterSummary(layer, list) : '';
  return (
    <ChartFrame
      height="content"
      title={`Clusters of ${layer}`}
      subtitle="weights that share a value"
      summary={summary}
      readout={readout}
      table={() => ({
        head: ['shared value', 'weights', 'before training'],
        rows: list.map(({ value, weights: n, before: old }) => [significant(value), String(n), old === null ? '–' : significant(old)]),
      })}
      empty={shared ? undefined : { text: 'After a Share stage, this shows the values that weights share.', ghost: GHOST }}
    >
      <div {...stepper.props('Shared values; arrow keys step through them', readout ?? summary)}>
        <Line weights={weights} list={list} held={stepper.index} />
      </div>
    </ChartFrame>
  );
}

interface LineProps {
  readonly weights: WeightBins;
  readonly list: readonly Centroid[];
  readonly held: number | null;
}

function Line({ weights, list, held }: LineProps) {
  const [ref, { width }] = useSize();
  const [low, high] = clusterRange(weights, list);
  const x = (value: number) => ((value - low) / (high - low || 1)) * Math.max(1, width - 2) + 1;
  const counts = Array.from(weights.counts);
  const most = Math.max(1, ...counts);
  const step = (weights.max - weights.min) / Math.max(1, counts.length);
  const hill = counts.map((n, i) => `H${x(weights.min + i * step)}V${HILL * (1 - n / most)}H${x(weights.min + (i + 1) * step)}`).join('');
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg aria-hidden="true" width={width} height={FOOT + 16} className={styles.svg}>
          <path className={styles.hill} d={`M${x(weights.min)} ${HILL}${hill}V${HILL}Z`} />
          <line className={styles.axis} x1={0} x2={width} y1={LINE} y2={LINE} />
          {list.map(({ value, before: old }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a cluster is its rank.
            <g key={i} className={held === null || held === i ? undefined : styles.dimmed}>
              {old !== null && old !== value ? (
                <path className={styles.moved} d={`M${x(old)} ${LINE}V${LINE + 12}L${x(value)} ${FOOT - 14}`} />
              ) : null}
              <path
                className={styles.centroid}
                d={old !== null && old !== value ? `M${x(value)} ${FOOT - 14}V${FOOT}` : `M${x(value)} ${LINE}V${FOOT}`}
              />
            </g>
          ))}
          <text className={styles.label} x={0} y={FOOT + 13}>
            {significant(low)}
          </text>
          <text className={styles.label} x={width} y={FOOT + 13} textAnchor="end">
            {significant(high)}
          </text>
        </svg>
      )}
    </div>
  );
}
