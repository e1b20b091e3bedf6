/** What is remembered of each inspection of a quantized layer: the path of its scale, and how many of its weights changed level. */
import type { LayerInspection } from '../types/events';

export interface InspectionPoint {
  readonly stage: number;
  /** Training steps before, over all stages. */
  readonly step: number;
  /** Scale of the group that is shown, and the mean squared error that it gives; null for quantizers without one. */
  readonly scale: number | null;
  readonly error: number;
  readonly weights: number;
  /** Since the inspection before; null at the first. */
  readonly flips: { readonly changed: number; readonly returned: number; readonly steps: number } | null;
}

/** Points by layer, oldest first. */
export type InspectionHistory = Readonly<Record<string, readonly InspectionPoint[]>>;

/** Points saved for a layer; when there are more, every second of the older half goes. */
const LIMIT = 240;

interface Look {
  readonly stage: number;
  readonly globalStep: number;
  readonly layers: readonly LayerInspection[];
}

/** The history with one inspection more. A second inspection at the same step of a stage takes the first one's place. */
export function withInspection(history: InspectionHistory, { stage, globalStep, layers }: Look): InspectionHistory {
  const added = layers.flatMap(({ layer, quantizer }): [string, InspectionPoint[]][] => {
    if (!quantizer) return [];
    const { scale, group, weights, flips } = quantizer;
    const point: InspectionPoint = { stage, step: globalStep, scale: scale?.current.scale ?? null, error: group.error, weights, flips };
    const before = history[layer] ?? [];
    const last = before.at(-1);
    const kept = last?.stage === stage && last.step === globalStep ? before.slice(0, -1) : before;
    return [[layer, thinned([...kept, point])]];
  });
  return added.length > 0 ? { ...history, ...Object.fromEntries(added) } : history;
}

/** The history of the first `count` stages. */
export function historyBefore(history: InspectionHistory, count: number): InspectionHistory {
  const kept = Object.entries(history).map(([layer, points]) => [layer, points.filter(({ stage }) => stage < count)] as const);
  return Object.fromEntries(kept.filter(([, points]) => points.length > 0));
}

/** The history of one stage after that of the stages before it. */
export function joinedHistories(before: InspectionHistory, stage: InspectionHistory): InspectionHistory {
  const joined = Object.entries(stage).map(([layer, points]) => [layer, thinned([...(before[layer] ?? []), ...points])] as const);
  return { ...before, ...Object.fromEntries(joined) };
}

function thinned(points: InspectionPoint[]): InspectionPoint[] {
  return points.length <= LIMIT ? points : points.filter((_, i) => i >= LIMIT / 2 || i % 2 === 0);
}
