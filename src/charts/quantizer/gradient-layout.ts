import { percent, significant } from '../../numerics/measures/number-words';
import type { Pairs, Tread } from './staircase-layout';

/** The limits of the gradient's axis: 0 and 1 always, and what is drawn but for lone peaks. */
export function gradientDomain(gradient: ArrayLike<number>): [number, number] {
  const sorted = Float64Array.from(gradient).filter(Number.isFinite).sort();
  const at = (q: number) => sorted[Math.floor(q * Math.max(0, sorted.length - 1))] ?? 0;
  const [low, high] = [peakOr(at(0), at(0.02)), peakOr(at(1), at(0.98))];
  return [Math.min(0, low) * 1.1, Math.max(1, high) * 1.15];
}

/** The extreme, unless it is more than three times as far out as nearly all others. */
function peakOr(extreme: number, usual: number): number {
  return Math.abs(extreme) > 3 * Math.max(1, Math.abs(usual)) ? usual : extreme;
}

/** Stretches of latent values whose weights get no gradient: at least two neighbours, and half of the way to the next that has one. */
export function deadStretches({ latent, gradient }: Pairs): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  const between = (i: number, j: number) => ((latent[i] ?? latent[j]!) + (latent[j] ?? latent[i]!)) / 2;
  let from = -1;
  for (let i = 0; i <= latent.length; i++) {
    const dead = i < latent.length && gradient[i] === 0;
    if (dead && from < 0) from = i;
    if (dead || from < 0) continue;
    if (i - from > 1) found.push([between(from - 1, from), between(i - 1, i)]);
    from = -1;
  }
  return found;
}

/** An SVG path through the gradients in order of the latent value. A gradient of few distinct values is drawn in steps. */
export function gradientPath({ latent, gradient }: Pairs, x: (v: number) => number, y: (v: number) => number): string {
  const stepped = new Set(Array.from(gradient)).size <= 4;
  const points = Array.from({ length: latent.length }, (_, i) => [x(latent[i]!), y(gradient[i]!)] as const);
  return points
    .map(([px, py], i) => {
      const before = points[i - 1];
      if (!before) return `M${px.toFixed(1)} ${py.toFixed(1)}`;
      if (stepped) return before[1] === py ? '' : `H${((before[0] + px) / 2).toFixed(1)}V${py.toFixed(1)}`;
      return `L${px.toFixed(1)} ${py.toFixed(1)}`;
    })
    .concat(points.length > 0 && stepped ? [`H${points.at(-1)![0].toFixed(1)}`] : [])
    .join('');
}

/** Where the staircase jumps: there the true gradient does not exist; it is 0 everywhere else. */
export function jumps(steps: readonly Tread[]): readonly number[] {
  return steps.slice(0, -1).map(({ to }) => to);
}

/** The picture in words. @param weights of the layer, `dead` of them without a gradient */
export function gradientSummary(gradient: ArrayLike<number>, weights: number, dead: number): string {
  const truth = 'The true gradient is 0 wherever it exists.';
  if (dead === weights) return `${truth} There is no surrogate: through this quantizer the loss moves no weight.`;
  const living = Array.from(gradient).filter((g) => g !== 0);
  const [low, high] = [Math.min(...living), Math.max(...living)];
  const values =
    living.length === 0
      ? ''
      : high - low < 1e-4
        ? ` is ${significant(high)}`
        : ` lies between ${significant(low, 2)} and ${significant(high, 2)}`;
  const surrogate = values === '' ? '' : ` The surrogate${values}`;
  if (dead === 0) return `${truth}${surrogate}; every weight receives a gradient.`;
  return `${truth}${surrogate} where it is not 0; ${percent(dead / weights)} of the layer’s weights receive no gradient: the loss does not move them.`;
}

export function gradientReadout({ latent, gradient }: Pairs, i: number): string {
  return `latent w ${significant(latent[i]!)} · surrogate ${significant(gradient[i]!)} · true gradient 0`;
}
