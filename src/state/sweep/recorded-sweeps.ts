/** Sweeps that were run earlier and are bundled with the page: their list and their files, each loaded when it is opened. */
import { create } from 'zustand';
import { parseRecordedIndex, parseRecordedSweep } from '../../experiment/recorded/recorded-sweep';
import { type RecordedEntry, recordedSweepId } from '../../experiment/recorded/types';
import { pointsOf } from '../../experiment/sweep/sweep';
import type { HeldSweep } from './sweep-store';

interface RecordedState {
  /** null until it has been read. */
  readonly list: readonly RecordedEntry[] | null;
  /** Why there is no list, in a sentence; '' if there is one or none was asked for. */
  readonly problem: string;
  /** By id of the entry: a sweep as one of this browser, or the sentence that says why it is not there. */
  readonly opened: Readonly<Record<string, HeldSweep | string>>;
}

const initial: RecordedState = { list: null, problem: '', opened: {} };

export const useRecorded = create<RecordedState>()(() => initial);

/** Gives the JSON of a file below recorded/sweeps/. Rejects if it is not there or is no JSON. */
type Source = (file: string) => Promise<unknown>;

let source: Source = fetched;
let reading: Promise<void> | null = null;
const opening = new Map<string, Promise<void>>();

/** For tests: another source, and nothing known. */
export function setRecordedSource(other: Source): void {
  source = other;
  reading = null;
  opening.clear();
  useRecorded.setState(initial);
}

/** Reads the list, once; after a failure it is tried again. Never rejects. */
export function readRecordedList(): Promise<void> {
  reading ??= source('index.json')
    .then(parseRecordedIndex)
    .then(
      (list) => useRecorded.setState({ list, problem: '' }),
      () => {
        reading = null;
        useRecorded.setState({ problem: 'Recorded sweeps could not be loaded; your own sweeps work without them.' });
      },
    );
  return reading;
}

/** Loads a recorded sweep of the list, once; after a failure it is tried again. Never rejects. */
export function openRecorded(entry: RecordedEntry): Promise<void> {
  const { id, label } = entry;
  const begun = opening.get(id);
  if (begun) return begun;
  const work = source(`${id}.json`)
    .then(parseRecordedSweep)
    .then(
      ({ runs, sweep, date }) => {
        const kept = { id: recordedSweepId(id), createdAt: date, sweep, note: '', state: 'done' as const, failed: {} };
        const byIndex = Object.fromEntries(runs.map((run) => [run.sweep?.index ?? 0, run]));
        hold(id, { kept, points: pointsOf(sweep), runs: byIndex, active: {} });
      },
      () => {
        opening.delete(id);
        hold(id, `“${label}” could not be loaded.`);
      },
    );
  opening.set(id, work);
  return work;
}

/** The entry of a recorded sweep that is shown under this id; undefined for a sweep of this browser. */
export function recordedEntryOf(list: readonly RecordedEntry[] | null, shown: string): RecordedEntry | undefined {
  return list?.find(({ id }) => recordedSweepId(id) === shown);
}

function hold(id: string, value: HeldSweep | string): void {
  useRecorded.setState(({ opened }) => ({ opened: { ...opened, [id]: value } }));
}

async function fetched(file: string): Promise<unknown> {
  const response = await fetch(new URL(`recorded/sweeps/${file}`, document.baseURI));
  if (!response.ok) throw new Error(`${file} is not there.`);
  return response.json();
}
