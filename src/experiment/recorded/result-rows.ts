import type { SweepAxis } from '../sweep/axis';
import { pointsOf } from '../sweep/sweep';
import type { RecordedSweep } from './types';

type Cell = string | number | boolean;

/** A row for each run: the values of the axes, then its result. For docs/results/. */
export function resultRows({ sweep, runs }: Pick<RecordedSweep, 'sweep' | 'runs'>): readonly Readonly<Record<string, Cell>>[] {
  const points = pointsOf(sweep);
  const fields = fieldNames(sweep.axes);
  return runs.map(({ record, sweep: tick }) => {
    const ticks = points[tick?.index ?? 0]?.ticks ?? [];
    const values = sweep.axes.flatMap(({ paths, ticks: all }, a) =>
      paths.map((path, p): [string, Cell] => [fields.get(path) ?? path, cellOf(all[ticks[a] ?? 0]?.[p] ?? '')]),
    );
    const { ledger, codes, seed, testAccuracy, digest } = record;
    return {
      ...Object.fromEntries(values),
      seed,
      testAccuracy,
      totalBits: ledger.totalBits,
      bitsPerWeight: Number((ledger.totalBits / ledger.weights).toFixed(4)),
      ...(codes ? { uniqueCodes: codes.uniqueCodes, codeMin: codes.codeMin, codeMax: codes.codeMax } : {}),
      digest: digest.slice(0, 16),
    };
  });
}

/** "bits" for quantize.bits; "stage 3 on" for 3.on; the whole path where two would be called the same. */
function fieldNames(axes: readonly SweepAxis[]): ReadonlyMap<string, string> {
  const paths = axes.flatMap((axis) => axis.paths);
  const short = (path: string) => {
    const [block = '', key = block] = path.split('.');
    return key === 'on' ? `stage ${block} on` : key;
  };
  return new Map(paths.map((path) => [path, paths.filter((other) => short(other) === short(path)).length > 1 ? path : short(path)]));
}

function cellOf(text: string): Cell {
  if (text === 'yes' || text === 'no') return text === 'yes';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
