import { useMemo, useState } from 'react';
import type { FormatId } from '../../numerics/formats/number-format';
import { formats } from '../../numerics/formats/number-format';
import { type Descent, descend } from '../../numerics/training/low-precision-descent';
import { Button } from '../../ui/button';
import { NumberField } from '../../ui/number-field';
import { Segmented } from '../../ui/segmented';
import { Select } from '../../ui/select';
import { DescentChart } from './descent-chart';
import { manyEnds, RUNS, rateRows, stagnation } from './descent-story';
import { exactText } from './exact-text';
import { Control, Lab } from './lab-layout';
import styles from './labs.module.css';

const rates = [0.01, 0.05, 0.1, 0.2, 0.25];
/** Stochastic runs that are drawn. */
const DRAWN = 12;

/** Gradient descent on (x − 1024)² in a small format. */
export function DescentLab() {
  const [x0, setX0] = useState(1);
  const [rate, setRate] = useState(0.05);
  const [format, setFormat] = useState<FormatId>('e5m2');
  const [rounded, setRounded] = useState<Descent['rounded']>('all');
  const [steps, setSteps] = useState(100);
  const [seed, setSeed] = useState(0);
  const settings: Descent = { x0, rate, format, rounded, steps, rounding: 'nearest-even' };
  const nearest = descend(settings);
  const stochastic = Array.from({ length: DRAWN }, (_, i) => descend({ ...settings, rounding: 'stochastic', seed: seed * DRAWN + i }));
  const float = descend({ ...settings, format: 'fp32' });
  const ends = manyEnds(settings);
  const table = useMemo(
    () => rateRows({ x0, rate: 0, format, rounded, steps: 200, rounding: 'nearest-even' }, rates),
    [x0, format, rounded],
  );
  return (
    <Lab
      intro="Gradient descent on f(x) = (x − 1024)² with every result rounded to a number of the format. Near the minimum the gradient shrinks, but the distance between neighbouring numbers does not."
      controls={
        <>
          <Control label="Format">
            <Select
              label="Format"
              options={Object.values(formats)
                .filter(({ maxFinite, id }) => maxFinite >= 2048 && id !== 'fp32')
                .map(({ id, label }) => ({ value: id, label }))}
              value={format}
              onChange={(next) => setFormat(next as FormatId)}
            />
          </Control>
          <Control label="Start x₀">
            <NumberField label="Start" value={x0} min={-4096} max={4096} step={1} onChange={setX0} />
          </Control>
          <Control label="Learning rate">
            <NumberField label="Learning rate" value={rate} min={0.0001} max={1} step={0.01} scale="log" onChange={setRate} />
          </Control>
          <Control label="Rounded">
            <Segmented
              label="What is rounded"
              options={[
                { value: 'all', label: 'every result' },
                { value: 'stored', label: 'x alone' },
              ]}
              value={rounded}
              onChange={(next) => setRounded(next as Descent['rounded'])}
            />
          </Control>
          <Control label="Steps">
            <Segmented
              label="Steps"
              options={[30, 100, 200].map((n) => ({ value: String(n), label: String(n) }))}
              value={String(steps)}
              onChange={(next) => setSteps(Number(next))}
            />
          </Control>
          <Button small onPress={() => setSeed(seed + 1)}>
            Draw again
          </Button>
        </>
      }
    >
      <DescentChart format={format} nearest={nearest} stochastic={stochastic} float={float} />
      <p className={styles.finding}>{stagnation(settings, nearest)}</p>
      <p className={styles.finding}>
        With stochastic rounding, x is at 1024 after {steps} steps in {Math.round(ends.arrived * RUNS)} of {RUNS} runs; the average is{' '}
        {exactText(Number(ends.mean.toPrecision(5)))}.
      </p>
      <h3 className={styles.heading}>Learning rates, 200 steps</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">rate</th>
            <th scope="col">nearest: end and steps until there</th>
            <th scope="col">stochastic: at 1024</th>
          </tr>
        </thead>
        <tbody>
          {table.map((row) => (
            <tr key={row.rate} data-chosen={row.rate === rate || undefined}>
              <th scope="row">{row.rate}</th>
              <td>{row.end}</td>
              <td>{row.arrived}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Lab>
  );
}
