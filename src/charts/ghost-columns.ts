import type { CurvePoints } from './curve-points';
import type { GhostTrace } from './ghost-trace';
import type { PairColumns } from './trace-data';

export interface GhostColumns extends PairColumns {
  readonly ghostLoss: (number | null)[];
  readonly ghostAccuracy: (number | null)[];
}

/** Puts a finished run behind the others, up to step `until`: the picture is as wide as the program on the screen. Rows in order of step. */
export function withGhost(columns: PairColumns, ghost: Pick<GhostTrace, 'loss' | 'validation'> | null, until: number): GhostColumns {
  if (!ghost) {
    const nothing = columns.step.map(() => null);
    return { ...columns, ghostLoss: nothing, ghostAccuracy: nothing };
  }
  const names = Object.keys(columns) as (keyof PairColumns)[];
  const own = columns.step.map((_, i) => ({ ...rowOf(names, (name) => columns[name][i] ?? null), ghostLoss: null, ghostAccuracy: null }));
  const empty = rowOf(names, () => null);
  const behind = [
    ...pointsOf(ghost.loss, until).map(([step, value]) => ({ ...empty, step, ghostLoss: value, ghostAccuracy: null })),
    ...pointsOf(ghost.validation, until).map(([step, value]) => ({ ...empty, step, ghostLoss: null, ghostAccuracy: value })),
  ];
  const rows = [...own, ...behind].sort((a, b) => (a.step ?? 0) - (b.step ?? 0));
  const all = [...names, 'ghostLoss', 'ghostAccuracy'] as const;
  return Object.fromEntries(all.map((name) => [name, rows.map((row) => row[name])])) as unknown as GhostColumns;
}

function pointsOf(curve: CurvePoints, until: number): readonly (readonly [number, number])[] {
  return curve.step.flatMap((step, i) => {
    const value = curve.value[i];
    return step <= until && value !== undefined && Number.isFinite(value) ? [[step, value] as const] : [];
  });
}

function rowOf<N extends string>(names: readonly N[], value: (name: N) => number | null): Record<N, number | null> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<N, number | null>;
}
