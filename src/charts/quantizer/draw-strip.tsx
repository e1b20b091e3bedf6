import { ticks } from 'd3-array';
import { fixed, percent, plural, significant } from '../../numerics/measures/number-words';
import { mean, standardDeviation } from '../../numerics/measures/statistics';
import { ChartFrame, type ChartTable } from '../shared/chart-frame';
import { linearScale } from '../shared/linear-scale';
import plot from '../shared/plot.module.css';
import { BottomFigures, PlotBox } from '../shared/plot-box';
import { useStepper } from '../shared/use-stepper';
import styles from './bench.module.css';
import { type BenchPoint, benchReadout, percentDomain, percentTick, stackDots } from './bench-layout';

const HEIGHT = 132;
const MARGIN = { left: 12, right: 12, top: 22, bottom: 34 };
const DOT = 8;

/** Test accuracy of independent draws as dots over one axis, with their mean and standard deviation. */
export function DrawStrip({ points }: { readonly points: readonly BenchPoint[] }) {
  const measured = points.filter((p): p is BenchPoint & { accuracy: number } => p.accuracy !== null);
  const stepper = useStepper(measured.length);
  const held = stepper.index === null ? null : (measured[stepper.index] ?? null);
  const summary = drawSummary(points);
  const accuracies = measured.map(({ accuracy }) => accuracy);
  const scaleFor = (width: number) => linearScale(percentDomain(accuracies), [MARGIN.left, width - MARGIN.right]);
  return (
    <ChartFrame
      height="content"
      title="Accuracy of the draws"
      subtitle="measured test accuracy"
      summary={summary}
      readout={held && benchReadout(held)}
      table={() => drawTable(points)}
    >
      <PlotBox
        height={HEIGHT}
        stepper={stepper}
        label="Stochastic draws; arrow keys step through them"
        text={held ? benchReadout(held) : summary}
        itemAt={(x, _y, width) => nearest(accuracies, scaleFor(width).invert(x) / 100)}
      >
        {(width) => {
          const x = scaleFor(width);
          const positions = accuracies.map((a) => x(a * 100));
          const levels = stackDots(positions, DOT);
          const bottom = HEIGHT - MARGIN.bottom;
          const step = Math.min(DOT, (bottom - MARGIN.top - DOT) / Math.max(1, ...levels));
          const domain = percentDomain(accuracies);
          const all = ticks(...domain, Math.max(2, Math.floor(width / 70)));
          const centre = mean(accuracies) * 100;
          const spread = standardDeviation(accuracies) * 100;
          const within = (value: number) => Math.min(width - MARGIN.right, Math.max(MARGIN.left, x(value)));
          return (
            <>
              <line className={plot.axis} x1={MARGIN.left} x2={width - MARGIN.right} y1={bottom + 0.5} y2={bottom + 0.5} />
              {measured.length > 1 && (
                <rect
                  className={styles.band}
                  x={within(centre - spread)}
                  width={within(centre + spread) - within(centre - spread)}
                  y={MARGIN.top - 6}
                  height={bottom - MARGIN.top + 6}
                />
              )}
              {measured.length > 0 && (
                <>
                  <line className={styles.centre} x1={x(centre)} x2={x(centre)} y1={MARGIN.top - 6} y2={bottom} />
                  <text className={plot.caption} x={Math.min(width - 60, Math.max(60, x(centre)))} y={11} textAnchor="middle">
                    {measured.length > 1 ? `mean ± standard deviation` : 'one draw'}
                  </text>
                </>
              )}
              {measured.map((point, i) => (
                <circle
                  key={point.value}
                  className={held === point ? styles.heldDot : styles.dot}
                  cx={positions[i]}
                  cy={bottom - DOT / 2 - 1 - (levels[i] ?? 0) * step}
                  r={DOT / 2 - 0.5}
                />
              ))}
              <BottomFigures ticks={all} at={x} text={percentTick(all)} y={bottom + 14} left={0} right={width} />
              <text className={plot.figure} x={MARGIN.left} y={HEIGHT - 5}>
                test accuracy in %, a dot for each draw
              </text>
            </>
          );
        }}
      </PlotBox>
    </ChartFrame>
  );
}

function nearest(accuracies: readonly number[], at: number): number | null {
  let best: number | null = null;
  for (const [i, accuracy] of accuracies.entries()) {
    if (best === null || Math.abs(accuracy - at) < Math.abs(accuracies[best]! - at)) best = i;
  }
  return best;
}

/** Mean, standard deviation, variance and range in words. */
export function drawSummary(points: readonly BenchPoint[]): string {
  const accuracies = points.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy * 100]));
  const failed = points.length - accuracies.length;
  const failures = failed > 0 ? ` ${failed} failed.` : '';
  if (accuracies.length === 0) return failed > 0 ? `All ${failed} draws failed.` : '';
  if (accuracies.length === 1) return `One draw: ${percent((accuracies[0] ?? 0) / 100, 2)}.${failures}`;
  const spread = standardDeviation(accuracies);
  const range = `from ${fixed(Math.min(...accuracies), 2)} to ${fixed(Math.max(...accuracies), 2)}\u00a0%`;
  return `${plural(accuracies.length, 'draw')}: mean ${fixed(mean(accuracies), 2)}\u00a0%, standard deviation ${significant(spread)} points (variance ${significant(spread ** 2)}), ${range}.${failures}`;
}

function drawTable(points: readonly BenchPoint[]): ChartTable {
  return {
    head: ['draw', 'test accuracy'],
    rows: points.map(({ value, accuracy, failed }) => [String(value), accuracy === null ? `failed: ${failed}` : percent(accuracy, 2)]),
  };
}
