import { count, plural } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { PlotBox } from '../shared/plot-box';
import { useStepper } from '../shared/use-stepper';
import styles from './sparsity.module.css';

const HEIGHT = 96;

interface Props {
  readonly layer: string;
  /** Kept weights of each. */
  readonly kept: ArrayLike<number>;
  /** Weights that each had. */
  readonly of: number;
  /** What they are: "filter", "unit", "channel". */
  readonly noun: string;
}

/** How many weights are left of each filter, channel or unit of a layer, as bars side by side. */
export function UnitSurvivors({ layer, kept, of, noun }: Props) {
  const counts = Array.from(kept);
  const stepper = useStepper(counts.length);
  const empty = counts.filter((n) => n === 0).length;
  const range = `${count(Math.min(...counts))} to ${count(Math.max(...counts))} of ${count(of)} weights`;
  const summary = `Each ${noun} of ${layer} keeps ${range}; ${empty === 0 ? `no ${noun} is empty` : `${plural(empty, noun)} ${empty === 1 ? 'is' : 'are'} empty`}.`;
  const held = stepper.index;
  const readout = held === null ? null : `${noun} ${count(held + 1)}: ${count(counts[held] ?? 0)} of ${count(of)} weights kept`;
  return (
    <ChartFrame
      height="content"
      title={`Kept weights of each ${noun}`}
      summary={summary}
      readout={readout}
      table={() => ({ head: [noun, 'kept weights'], rows: counts.map((n, i) => [count(i + 1), count(n)]) })}
    >
      <PlotBox
        height={HEIGHT}
        stepper={stepper}
        label={`Kept weights of each ${noun} of ${layer}; arrow keys step through them`}
        text={readout ?? summary}
        itemAt={(x, _y, width) => Math.max(0, Math.min(counts.length - 1, Math.floor((x / width) * counts.length)))}
      >
        {(width) => {
          const step = width / counts.length;
          const bar = (n: number, i: number) =>
            `M${(i * step).toFixed(1)} ${HEIGHT}v${(-(HEIGHT - 2) * n) / of}h${Math.max(0.5, step * 0.8).toFixed(1)}V${HEIGHT}Z`;
          return (
            <>
              <path className={styles.kept} d={counts.map(bar).join('')} />
              {held !== null && <path className={styles.held} d={bar(counts[held] ?? 0, held)} />}
              <line className={styles.axis} x1={0} x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
            </>
          );
        }}
      </PlotBox>
    </ChartFrame>
  );
}
