/**
 * The runs that are saved: in the browser's database, or where that fails in this page only, which is then said. Loaded when a run
 * ends or the list is opened.
 */
import { create } from 'zustand';
import type { KeptRun } from '../../experiment/results/kept-run';
import { Archive, storageQuota } from './archive/archive';
import { archiveError } from './archive/archive-error';
import type { KeptSweep } from './archive/kept-sweep';
import type { BrokenRecord } from './archive/records';
import { foundRuns, lostRuns, useBaseline } from './baseline-store';

export interface RunsState {
  /** The newest first; null until they have been read. */
  readonly runs: readonly KeptRun[] | null;
  /** Those that are in this page only, and lost with it. */
  readonly unsaved: ReadonlySet<string>;
  /** Why something is in this page only; '' if all is saved. */
  readonly trouble: string;
  /** Records of the database that cannot be read. */
  readonly broken: readonly BrokenRecord[];
  /** Bytes; null where the browser does not report them. */
  readonly quota: { readonly used: number; readonly available: number } | null;
  /** What was removed last, to be put back. */
  readonly removed: readonly KeptRun[];
  /** The saved run of what is on the screen. */
  readonly latest: string | null;
  /** What came of the last import, a sentence each, and the id of a sweep that was among it; '' and [] for none. */
  readonly imported: { readonly message: string; readonly problems: readonly string[]; readonly sweep: string };
}

export const nothingImported: RunsState['imported'] = { message: '', problems: [], sweep: '' };

const initial: RunsState = {
  runs: null,
  unsaved: new Set(),
  trouble: '',
  broken: [],
  quota: null,
  removed: [],
  latest: null,
  imported: nothingImported,
};

export const useRuns = create<RunsState>()(() => initial);

let archive: Promise<Archive> | null = null;
let openArchive = (): Promise<Archive> => Archive.open();

/** For tests: another database, and nothing known. */
export function setArchive(open: () => Promise<Archive>): void {
  openArchive = open;
  archive = null;
  useRuns.setState(initial);
}

/** Reads what is saved; what is in this page only stays. Never rejects. */
export async function readKeptRuns(): Promise<void> {
  let kept: readonly KeptRun[] = [];
  try {
    const open = await opened();
    const [runs, sweeps] = [await open.runs(), await open.sweeps()];
    kept = runs.found;
    useRuns.setState({ broken: [...runs.broken, ...sweeps.broken] });
  } catch (error) {
    useRuns.setState({ trouble: sentence(error) });
  }
  useRuns.setState(({ runs, unsaved }) => ({ runs: sorted([...kept, ...(runs ?? []).filter(({ id }) => unsaved.has(id))]) }));
  foundRuns(kept);
  useRuns.setState({ quota: await storageQuota().catch(() => null) });
}

/** Reads the pinned run alone, where a person has pinned one. Never rejects. */
export async function readBaseline(): Promise<void> {
  const { id, run } = useBaseline.getState();
  if (id === null || run !== null) return;
  try {
    const kept = await (await opened()).run(id);
    if (kept) foundRuns([kept]);
  } catch {
    // Without the database there is no pinned run; that it fails is said where a run is saved.
  }
}

/** Keeps runs, each in place of one with its id. True if they are on the disk, not in this page only. */
export async function keepRuns(added: readonly KeptRun[]): Promise<boolean> {
  if (useRuns.getState().runs === null) await readKeptRuns();
  const failed = new Set<string>();
  let trouble = '';
  for (const run of added) {
    try {
      await (await opened()).keepRun(run);
    } catch (error) {
      failed.add(run.id);
      trouble = sentence(error);
    }
  }
  foundRuns(added);
  const ids = new Set(added.map(({ id }) => id));
  useRuns.setState(({ runs, unsaved, trouble: before }) => {
    const open = new Set([...[...unsaved].filter((id) => !ids.has(id)), ...failed]);
    return {
      runs: sorted([...(runs ?? []).filter(({ id }) => !ids.has(id)), ...added]),
      unsaved: open,
      trouble: trouble || (open.size > 0 ? before : ''),
    };
  });
  useRuns.setState({ quota: await storageQuota().catch(() => null) });
  return failed.size === 0;
}

/** A person's words about a run. */
export async function describeRun(id: string, words: Partial<Pick<KeptRun, 'name' | 'note' | 'tags'>>): Promise<void> {
  const run = useRuns.getState().runs?.find((one) => one.id === id);
  if (run) await keepRuns([{ ...run, ...words }]);
}

/** Takes runs away; `undoRemove` puts them back until others are removed. */
export async function removeRuns(ids: ReadonlySet<string>): Promise<void> {
  const { runs, unsaved } = useRuns.getState();
  const removed = (runs ?? []).filter(({ id }) => ids.has(id));
  useRuns.setState({
    runs: (runs ?? []).filter(({ id }) => !ids.has(id)),
    unsaved: new Set([...unsaved].filter((id) => !ids.has(id))),
    removed,
  });
  lostRuns(ids);
  try {
    const open = await opened();
    for (const { id } of removed) await open.removeRun(id);
  } catch (error) {
    useRuns.setState({ trouble: sentence(error) });
  }
}

/** Takes runs from the list that were removed with their sweep: there they can be put back. */
export function dropRuns(ids: ReadonlySet<string>): void {
  useRuns.setState(({ runs, unsaved }) => ({
    runs: runs === null ? null : runs.filter(({ id }) => !ids.has(id)),
    unsaved: new Set([...unsaved].filter((id) => !ids.has(id))),
  }));
  lostRuns(ids);
}

/** Removes a record that cannot be read, for good. */
export async function removeBroken(record: BrokenRecord): Promise<void> {
  try {
    await (await opened()).removeBroken(record);
    useRuns.setState(({ broken }) => ({ broken: broken.filter((one) => one !== record) }));
  } catch (error) {
    useRuns.setState({ trouble: sentence(error) });
  }
}

export async function undoRemove(): Promise<void> {
  const { removed } = useRuns.getState();
  useRuns.setState({ removed: [] });
  await keepRuns(removed);
}

export function forgetRemoved(): void {
  useRuns.setState({ removed: [], imported: nothingImported });
}

/** Keeps a sweep, without its runs. False if it is in this page only. */
export async function keepSweep(sweep: KeptSweep): Promise<boolean> {
  try {
    await (await opened()).keepSweep(sweep);
    return true;
  } catch (error) {
    useRuns.setState({ trouble: sentence(error) });
    return false;
  }
}

function opened(): Promise<Archive> {
  archive ??= openArchive();
  // The next attempt asks again: the person may have allowed it in the meantime.
  archive.catch(() => {
    archive = null;
  });
  return archive;
}

function sorted(runs: readonly KeptRun[]): readonly KeptRun[] {
  return runs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
}

function sentence(error: unknown): string {
  return archiveError(error, 'open').message;
}
