/** The Pareto chart with 500 runs, to be pointed at. The numbers are random: only how they are drawn is measured. */
import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../../src/ui/base.css';
import { ParetoChart } from '../../src/charts/pareto/pareto-chart';
import type { ParetoPoint } from '../../src/charts/pareto/pareto-points';
import { fillUniform } from '../../src/numerics/random/rng';

const COUNT = 500;
const WEIGHTS = 266_200;
const methods = ['ptq', 'ste', 'lsq'];

const random = new Float32Array(2 * COUNT);
fillUniform(random, 1, 1, 1);

const points: readonly ParetoPoint[] = Array.from({ length: COUNT }, (_, i) => {
  const bits = 2 + (i % 7);
  return {
    id: `run ${i}`,
    label: `run ${i}`,
    testAccuracy: 0.5 + 0.06 * bits * (random[i] as number),
    totalBits: WEIGHTS * (bits + (random[COUNT + i] as number)),
    denseBits: WEIGHTS * 32,
    weights: WEIGHTS,
    groupA: `${bits} bits`,
    groupB: methods[i % methods.length],
    origin: 'live',
  };
});

const told = document.querySelector('#told') as HTMLOutputElement;
const nothing = () => {};

function Chart() {
  const [hovered, setHovered] = useState<string | null>(null);
  return createElement(ParetoChart, {
    points,
    x: 'bits-per-weight',
    onX: nothing,
    y: 'accuracy',
    onY: nothing,
    nameA: 'bits',
    nameB: 'method',
    hovered,
    onHover(ids: readonly string[] | null) {
      const [id = null] = ids ?? [];
      setHovered(id);
      if (id) told.value = id;
    },
    onFilter: filtered,
  });
}

function filtered(ids: readonly string[] | null): void {
  if (ids) told.value = `${ids.length} of ${COUNT}`;
}

createRoot(document.querySelector('#chart') as HTMLElement).render(createElement(Chart));
