import { bits, count, fixed, percent } from '../../numerics/measures/number-words';

export interface StagePoint {
  /** The step of the run, from 0. */
  readonly stage: number;
  /** The number of its stage, in a circle. */
  readonly mark: string;
  /** What it is called: "prune", "prune, round 2 of 5". */
  readonly kind: string;
  /** Share of the test images, 0 … 1. */
  readonly accuracy: number;
  readonly totalBits: number;
  /** All bits of the file over the number of weights. */
  readonly bitsPerWeight: number;
  /** Whether some step of the run up to this one compresses. */
  readonly compressed: boolean;
}

/** Limits and ticks of the accuracy axis in per cent: what is there with air around it, at least two points high, never above 100. */
export function accuracyAxis(points: readonly { readonly accuracy: number }[]): { domain: [number, number]; ticks: number[] } {
  const values = points.map((p) => p.accuracy * 100).filter(Number.isFinite);
  const low = Math.min(...values, 100);
  const high = values.length > 0 ? Math.max(...values) : 100;
  const spread = Math.max(2, high - low);
  const step = [0.5, 1, 2, 5, 10, 20].find((s) => spread / s <= 4) ?? 25;
  const top = Math.min(100, Math.ceil((high + 0.15 * spread) / step) * step);
  const bottom = Math.max(0, Math.min(top - 2, Math.floor((low - 0.15 * spread) / step) * step));
  const ticks = Array.from({ length: Math.floor((top - bottom) / step + 1e-9) + 1 }, (_, i) => bottom + i * step);
  return { domain: [bottom, top], ticks };
}

/** Powers of two that hold all points, 1 to 32 at least. */
export function bitsAxis(points: readonly { readonly bitsPerWeight: number }[]): { domain: [number, number]; ticks: number[] } {
  const exponents = points.map((p) => Math.log2(p.bitsPerWeight)).filter(Number.isFinite);
  const low = Math.floor(Math.min(0, ...exponents));
  const high = Math.ceil(Math.max(5, ...exponents.map((e) => e - 0.3)));
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 2 ** (low + i));
  return { domain: [2 ** (low - 0.25), 2 ** (high + 0.45)], ticks };
}

/** On which side of its mark each label is: right, unless a neighbour at nearly the same place already has it. */
export function labelSides(positions: readonly { readonly x: number; readonly y: number }[], gap: number): readonly ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = [];
  positions.forEach((position, i) => {
    const taken = positions.some(
      (other, j) => j < i && sides[j] === 'right' && Math.abs(other.x - position.x) < gap && Math.abs(other.y - position.y) < gap,
    );
    sides.push(taken ? 'left' : 'right');
  });
  return sides;
}

export function stagesSummary(points: readonly StagePoint[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  if (first === last) return `After stage ${first.mark}: ${percent(first.accuracy)} at ${fixed(first.bitsPerWeight, 1)} bits per weight.`;
  const change = (last.accuracy - first.accuracy) * 100;
  const how = Math.abs(change) < 0.005 ? 'the same accuracy' : `${fixed(Math.abs(change), 2)} points ${change < 0 ? 'less' : 'more'}`;
  const [from, to] = [first, last].map((p) => `${percent(p.accuracy)} at ${fixed(p.bitsPerWeight, 1)} bits per weight`);
  return `From ${from} after ${first.mark} to ${to} after ${last.mark}: ${how}.`;
}

export function stageReadout(point: StagePoint): string {
  return `${point.mark} ${point.kind} · test accuracy ${percent(point.accuracy, 2)} · ${fixed(point.bitsPerWeight, 2)} bits per weight · ${bits(point.totalBits)}`;
}

export function stagesTable(points: readonly StagePoint[]) {
  return {
    head: ['stage', 'test accuracy', 'bits per weight', 'bits'],
    rows: points.map((p) => [`${p.mark} ${p.kind}`, percent(p.accuracy, 2), fixed(p.bitsPerWeight, 2), count(p.totalBits)]),
  };
}
