/** Takes in runs and sweeps from files. Loaded when somebody imports. */
import type { KeptRun } from '../../experiment/results/kept-run';
import { readRuns } from '../../experiment/sweep/read-runs';
import { pointsOf } from '../../experiment/sweep/sweep';
import { type SweepFile, sameSweep } from '../../experiment/sweep/sweep-file';
import type { KeptSweep } from '../kept/archive/kept-sweep';
import { keepRuns, keepSweep, nothingImported, readKeptRuns, useRuns } from '../kept/runs-store';
import { changeSweep, type HeldSweep, holdSweep, missingPoints, showSweep, sweepById } from './sweep-store';

/** How many runs were new, and how many were here. */
interface Taken {
  readonly fresh: number;
  readonly known: number;
  readonly problems: readonly string[];
}

/**
 * Reads runs and sweeps from files, and reports the result in `imported`. A sweep is shown as one of this browser. Never rejects.
 * @param openSweeps reads the sweeps that are saved already
 */
export async function importRuns(
  files: readonly Pick<File, 'name' | 'text'>[],
  openSweeps: () => Promise<void> = openPageSweeps,
): Promise<void> {
  useRuns.setState({ imported: nothingImported });
  const read = await Promise.all(
    files.map(async (file) =>
      file.text().then(
        (text) => readRuns(file.name, text),
        () => ({ runs: [], sweeps: [], problems: [`${file.name} cannot be read.`] }),
      ),
    ),
  );
  // A sweep that has run since they were read has added to them.
  await readKeptRuns();
  const taken = [await takeRuns(read.flatMap(({ runs }) => runs))];
  let sweeps = read.flatMap((one) => one.sweeps);
  try {
    if (sweeps.length > 0) await openSweeps();
  } catch {
    sweeps = [];
    taken.push({ fresh: 0, known: 0, problems: ['Sweeps are not imported: a part of the page could not be loaded. Try again.'] });
  }
  for (const sweep of sweeps) taken.push(await takeSweep(sweep));
  const there = [...new Set(sweeps.map(({ id }) => id))].filter((id) => sweepById(id));
  const sum = (key: 'fresh' | 'known') => taken.reduce((total, one) => total + one[key], 0);
  useRuns.setState({
    imported: {
      message: importSentence(sum('fresh'), sum('known')) + sweepSentence(there.length, sum('fresh') + sum('known')),
      problems: [...read, ...taken].flatMap(({ problems }) => problems),
      sweep: there.at(-1) ?? '',
    },
  });
}

async function openPageSweeps(): Promise<void> {
  const { openSweeps } = await import('./sweeps');
  await openSweeps();
}

async function takeRuns(runs: readonly KeptRun[]): Promise<Taken> {
  const known = new Set(useRuns.getState().runs?.map(({ id }) => id));
  // The last of those with one id counts; what a person wrote about a run that is here already stays.
  const found = new Map(runs.map((run) => [run.id, run]));
  const fresh = [...found.values()].filter(({ id }) => !known.has(id)).map(imported);
  if (fresh.length > 0) await keepRuns(fresh);
  return { fresh: fresh.length, known: found.size - fresh.length, problems: [] };
}

/** Adds what is new to the sweep of this id, or saves it as it is. */
async function takeSweep(file: SweepFile): Promise<Taken> {
  const held = sweepById(file.id);
  if (held && !sameSweep(held.kept.sweep, file.sweep)) {
    return { fresh: 0, known: 0, problems: ['A sweep is not imported: a different one with the same id is already saved.'] };
  }
  const here = held ? keptRuns(held) : runsByPoint(file);
  const missing = file.runs.filter(({ sweep }) => !here[sweep?.index ?? 0]);
  const taken = new Map(useRuns.getState().runs?.map((run) => [run.id, run]));
  const fresh = missing.map((run) => adopted(run, taken));
  const runs = { ...(held?.runs ?? here), ...Object.fromEntries(fresh.map((run) => [run.sweep?.index ?? 0, run])) };
  const runsKept = fresh.length === 0 || (await keepRuns(fresh));
  const { kept } = heldNow(file, runs);
  const sweepKept = await keepSweep(kept);
  if (!runsKept || !sweepKept) changeSweep(file.id, (now) => ({ ...now, trouble: useRuns.getState().trouble }));
  showSweep(file.id);
  const other = file.runs.filter(
    ({ sweep, record }) => here[sweep?.index ?? 0] && here[sweep?.index ?? 0]?.record.digest !== record.digest,
  );
  const stays = `${runWords(other.length)} of a sweep differ from the saved ones, which stay.`;
  return { fresh: fresh.length, known: file.runs.length - fresh.length, problems: other.length > 0 ? [stays] : [] };
}

/** Puts the sweep with these runs into the store. */
function heldNow({ id, createdAt, sweep, note, failed }: SweepFile, runs: HeldSweep['runs']): HeldSweep {
  const before = sweepById(id);
  const kept: KeptSweep = before?.kept ?? { id, createdAt, sweep, note, failed, state: 'paused' };
  const open = Object.entries(kept.failed).filter(([index]) => !runs[Number(index)]);
  const next: KeptSweep = { ...kept, failed: Object.fromEntries(open) };
  const missing = missingPoints({ kept: next, points: before?.points ?? pointsOf(sweep), runs, active: {} });
  const now: KeptSweep = missing.length === 0 && kept.state !== 'running' ? { ...next, state: 'done' } : next;
  return (before && changeSweep(id, (held) => ({ ...held, runs, kept: now }))) ?? holdSweep(now, Object.values(runs));
}

/** Without those that were removed, or could not be saved. */
function keptRuns({ runs }: HeldSweep): HeldSweep['runs'] {
  const ids = new Set(useRuns.getState().runs?.map(({ id }) => id));
  return Object.fromEntries(Object.entries(runs).filter(([, run]) => ids.has(run.id)));
}

/** Runs that name the sweep, though it was not here: they were imported without it. By index of the point. */
function runsByPoint({ id, runs }: SweepFile): HeldSweep['runs'] {
  const urls = new Map(runs.map(({ sweep, record }) => [sweep?.index, record.url]));
  const own = (useRuns.getState().runs ?? []).filter(({ sweep, record }) => sweep?.id === id && urls.get(sweep.index) === record.url);
  return Object.fromEntries(own.map((run) => [run.sweep?.index ?? 0, run]));
}

/** A run as it is saved here: one that was imported alone before joins its sweep; an id that is taken is changed. */
function adopted(run: KeptRun, taken: Map<string, KeptRun>): KeptRun {
  const { sweep } = run;
  const twin = taken.get(run.id);
  if (twin?.sweep === null && twin.record.digest === run.record.digest && twin.record.url === run.record.url) return { ...twin, sweep };
  let { id } = run;
  for (let i = 0; taken.has(id); i++) id = `${sweep?.id}-${sweep?.index}${i === 0 ? '' : `-${i}`}`;
  const own = imported({ ...run, id });
  taken.set(id, own);
  return own;
}

/** Whatever the file says: recorded is only what comes with the page. */
function imported(run: KeptRun): KeptRun {
  return { ...run, origin: 'imported' };
}

function importSentence(fresh: number, known: number): string {
  if (fresh === 0) return known === 0 ? 'No run was imported.' : `Nothing new: ${runWords(known)} already saved.`;
  return `${runWords(fresh)} imported.${known > 0 ? ` ${runWords(known)} already saved.` : ''}`;
}

function sweepSentence(sweeps: number, runs: number): string {
  if (sweeps === 0) return '';
  if (runs === 0) return ' The sweep has no result yet.';
  return sweeps === 1 ? ' They form a sweep.' : ` They form ${sweeps} sweeps.`;
}

function runWords(n: number): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? 'run' : 'runs'}`;
}
