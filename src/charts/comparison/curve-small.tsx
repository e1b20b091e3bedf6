import { count } from '../../numerics/measures/number-words';
import { ChartFrame, type ChartTable } from '../shared/chart-frame';
import { type CurvePoints, valueAt } from '../shared/curve-points';
import { linearScale } from '../shared/linear-scale';
import { useSize } from '../shared/use-size';
import { curveDomain, curvePath, stepsOf, valueScale } from './curve-layout';
import styles from './curve-small.module.css';

interface NamedCurve {
  readonly name: string;
  readonly curve: CurvePoints;
}

interface Props {
  readonly title: string;
  /** Of one quantity: one run, or the same with other seeds. */
  readonly curves: readonly NamedCurve[];
  readonly log?: boolean;
  /** A value in words. */
  readonly text: (value: number) => string;
}

const HEIGHT = 64;
const EDGE = 3;

/** One measured quantity over the training steps, without axes: the caption and the table say the numbers. */
export function CurveSmall({ title, curves, log = false, text }: Props) {
  const [ref, { width }] = useSize();
  const all = curves.map(({ curve }) => curve);
  const steps = stepsOf(all);
  const domain = curveDomain(all, log);
  const last = steps.at(-1) ?? 0;
  const x = linearScale([0, Math.max(1, last)], [EDGE, Math.max(EDGE + 1, width - EDGE)]);
  const y = domain && valueScale(domain, [HEIGHT - EDGE, EDGE], log);
  return (
    <ChartFrame
      height="content"
      title={title}
      summary={smallSummary(curves, steps, text)}
      table={() => smallTable(curves, steps, text)}
      empty={domain ? undefined : { text: 'This was not measured.', ghost: 'M0 10C20 40 50 52 100 55' }}
    >
      <div ref={ref} className={styles.box}>
        {y && width > 0 ? (
          <svg width={width} height={HEIGHT} aria-hidden="true">
            <path className={styles.floor} d={`M${EDGE} ${HEIGHT - 0.5}H${width - EDGE}`} />
            {curves.map(({ name, curve }) => (
              <path key={name} className={styles.curve} d={curvePath(curve, x, y)} />
            ))}
          </svg>
        ) : null}
      </div>
    </ChartFrame>
  );
}

/** "From 2.31 at step 50 to 0.12 at step 2,000." The means, where there are several curves. */
export function smallSummary(curves: readonly NamedCurve[], steps: readonly number[], text: (value: number) => string): string {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return '';
  const at = (step: number) => {
    const values = curves.map(({ curve }) => valueAt(curve, step)).filter((value) => value !== null);
    return values.length === 0 ? 'nothing' : text(values.reduce((a, b) => a + b, 0) / values.length);
  };
  const end = `${at(last)} at step ${count(last)}`;
  return `${curves.length > 1 ? 'Means: ' : ''}${first === last ? end : `${at(first)} at step ${count(first)}, ${end}`}.`;
}

function smallTable(curves: readonly NamedCurve[], steps: readonly number[], text: (value: number) => string): ChartTable {
  const cell = (curve: CurvePoints, step: number) => {
    const value = valueAt(curve, step);
    return value === null ? '–' : text(value);
  };
  return {
    head: ['step', ...curves.map(({ name }) => name)],
    rows: steps.map((step) => [count(step), ...curves.map(({ curve }) => cell(curve, step))]),
  };
}
