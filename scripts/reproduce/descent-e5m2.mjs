/** Gradient descent on (x − 1024)² in fp8 e5m2, computed by src/numerics/training/low-precision-descent.ts: no network, no data. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const RUNS = 200;
const STEPS = 200;

/** [learning rate, what is rounded]. */
const cases = [
  [0.05, 'all'],
  [0.1, 'all'],
  [0.2, 'all'],
  [0.25, 'all'],
  [0.01, 'all'],
  [0.01, 'stored'],
];

async function numerics() {
  const entry = fileURLToPath(new URL('../../src/numerics/training/low-precision-descent.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', logLevel: 'error' });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

async function rows() {
  const { descend, outcome } = await numerics();
  return cases.map(([rate, rounded]) => {
    const run = (rounding, seed) => outcome(descend({ x0: 1, rate, format: 'e5m2', rounding, rounded, steps: STEPS, seed }));
    const nearest = run('nearest-even', 0);
    const ends = Array.from({ length: RUNS }, (_, seed) => run('stochastic', seed).x);
    return {
      learningRate: rate,
      rounded,
      nearestEnd: nearest.x,
      nearestSteps: nearest.fixedAfter,
      stochasticMean: ends.reduce((a, b) => a + b, 0) / RUNS,
      stochasticAtMinimum: ends.filter((x) => x === 1024).length / RUNS,
    };
  });
}

export const descentE5m2 = {
  name: 'descent-e5m2',
  title: 'Gradient descent on (x − 1024)² in fp8 e5m2',
  about:
    'From x = 1, in a format with three significant bits, whose numbers near the minimum are 512, 640, 768, 896, 1024, 1280. “all”: learning rate (to nearest), ' +
    'gradient, product and difference are rounded; “stored”: x alone. `nearestEnd` is where rounding to nearest, ties to even, stops for ever, after `nearestSteps` steps. ' +
    `Stochastic rounding: ${RUNS} runs of ${STEPS} steps, mean of the last x and share that ends at 1024.`,
  rows,
};
