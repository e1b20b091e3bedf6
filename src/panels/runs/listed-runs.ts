import { toFragment } from '../../experiment/link/url';
import { describeExperiment } from '../../experiment/program/describe';
import { differingNames } from '../../experiment/results/differing-names';
import type { KeptRun } from '../../experiment/results/kept-run';
import { mean, standardDeviation } from '../../numerics/measures/statistics';
import { backendLabel, runTitle, setupTitle } from '../labels';
import type { Column } from './columns';

/** What the table is sorted by. */
export interface Order {
  /** Of a column, or 'name'. */
  readonly by: string;
  readonly descending: boolean;
}

/** Runs that differ in their seed only; a single run is one too. */
export interface RunGroup {
  readonly key: string;
  /** What the runs of a group have in common; of a single run its name. */
  readonly title: string;
  /** In the order of the table. */
  readonly runs: readonly KeptRun[];
}

/**
 * Names of runs in one list, by id: what differs among those with the same model and data, after model and data where these differ.
 */
export function listNames(runs: readonly KeptRun[]): ReadonlyMap<string, string> {
  const setups = groupedBy(runs, setupTitle);
  return new Map(
    [...setups].flatMap(([setup, own]) => {
      const names = differingNames(own);
      return own.map((run, i) => {
        const name = names[i] ?? '';
        if (name === '') return [run.id, runTitle(run)] as const;
        return [run.id, setups.size > 1 && name !== run.name ? `${setup} · ${name}` : name] as const;
      });
    }),
  );
}

/** Runs in which the text occurs, or if it occurs in none, every word of it: in the name, tags, note, program, backend. */
export function matching(runs: readonly KeptRun[], text: string, names: ReadonlyMap<string, string>): readonly KeptRun[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return runs;
  const all = runs.map((run) => ({ run, said: searchable(run, names.get(run.id) ?? '') }));
  const whole = all.filter(({ said }) => said.includes(words.join(' ')));
  const found = whole.length > 0 ? whole : all.filter(({ said }) => words.every((word) => said.includes(word)));
  return found.map(({ run }) => run);
}

function searchable({ record, name, note, tags = [] }: KeptRun, title: string): string {
  const parts = [
    name,
    title,
    note,
    ...tags,
    describeExperiment(record.experiment),
    `seed ${record.seed}`,
    backendLabel(record.backend.name),
  ];
  return parts.join('\n').toLowerCase();
}

/** The groups of the table, in order. @param bySeed whether runs that differ in their seed only are one group */
export function grouped(
  runs: readonly KeptRun[],
  bySeed: boolean,
  { by, descending }: Order,
  column: Column | undefined,
  names: ReadonlyMap<string, string>,
): readonly RunGroup[] {
  const value = (run: KeptRun) => (column ? column.value(run) : (names.get(run.id) ?? ''));
  const sign = descending ? -1 : 1;
  const sorted = runs.toSorted((a, b) => sign * compared(value(a), value(b)));
  if (!bySeed) return sorted.map((run) => ({ key: run.id, title: names.get(run.id) ?? '', runs: [run] }));
  const groups = [...groupedBy(sorted, withoutSeed)].map(([key, own]) => ({ key, runs: own }));
  const titles = differingNames(groups.map(({ runs: own }) => withoutOwnSeed(own)));
  const titled = groups.map(({ key, runs: own }, i) => {
    const [first] = own;
    const common = titles[i] || (first ? setupTitle(first) : '');
    return { key, runs: own, title: own.length === 1 && first ? (names.get(first.id) ?? '') : common };
  });
  if (by === 'name') return titled;
  return titled.toSorted((a, b) => sign * compared(meanOf(a.runs, value), meanOf(b.runs, value)));
}

/** The mean of a column over runs, and its spread (n − 1); null where the column has no numbers. */
export function spreadOf(runs: readonly KeptRun[], column: Column): { readonly mean: number; readonly sd: number } | null {
  if (!column.figure) return null;
  const values = runs.map(column.value).filter((value) => typeof value === 'number');
  return { mean: mean(values), sd: values.length > 1 ? standardDeviation(values) : 0 };
}

function meanOf(runs: readonly KeptRun[], value: (run: KeptRun) => number | string): number | string {
  const values = runs.map(value);
  const numbers = values.filter((one) => typeof one === 'number');
  return numbers.length === values.length ? mean(numbers) : (values[0] ?? '');
}

function compared(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** What runs of one group have in common. */
function withoutSeed({ record: { experiment, backend } }: KeptRun): string {
  return `${backend.name} ${toFragment({ ...experiment, name: '', seed: 0 })}`;
}

/** For the name of a group: the program with no seed, and no name of one of its runs. */
function withoutOwnSeed([run]: readonly KeptRun[]): KeptRun {
  if (!run) throw new RangeError('A group has a run.');
  const { record } = run;
  return { ...run, name: '', record: { ...record, experiment: { ...record.experiment, name: '', seed: 0 } } };
}

function groupedBy(runs: readonly KeptRun[], key: (run: KeptRun) => string): ReadonlyMap<string, readonly KeptRun[]> {
  const groups = new Map<string, KeptRun[]>();
  for (const run of runs) {
    const own = groups.get(key(run));
    if (own) own.push(run);
    else groups.set(key(run), [run]);
  }
  return groups;
}
