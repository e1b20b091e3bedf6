/** The experiment on the screen, and the address that says the same. Every change goes through `edit`. */
import { create } from 'zustand';
import { intendedFragment } from '../../experiment/link/mangled';
import { fromFragment, toFragment } from '../../experiment/link/url';
import { defaultExperiment } from '../../experiment/program/defaults';
import { isSameRun } from '../../experiment/program/prefix';
import type { Problem } from '../../experiment/program/validate';
import type { Experiment } from '../../experiment/types/experiment';

export interface UrlTrouble {
  /** The fragment as the person opened it, without '#'. */
  readonly original: string;
  readonly problems: readonly Problem[];
}

interface ExperimentState {
  readonly experiment: Experiment;
  /** Fragment parameters that are not the experiment's, for example a forced backend. They stay in the address. */
  readonly rest: Readonly<Record<string, string>>;
  readonly urlTrouble: UrlTrouble | null;
}

export const useExperiment = create<ExperimentState>()(() => ({ experiment: defaultExperiment(), rest: {}, urlTrouble: null }));

/** What the store needs of the browser; tests give their own. */
export interface Address {
  readonly fragment: () => string;
  readonly push: (fragment: string) => void;
  readonly replace: (fragment: string) => void;
}

const browserAddress: Address = {
  fragment: () => (hasHash() ? location.hash.slice(1) : intendedFragment(location.href)),
  push: (fragment) => history.pushState(null, '', `${pagePath()}#${fragment}`),
  replace: (fragment) => history.replaceState(null, '', `${pagePath()}#${fragment}`),
};

const hasHash = () => location.hash.length > 1;

/** The page without the experiment, which some programs move from the fragment into the query or the path. */
function pagePath(): string {
  const { pathname, search } = location;
  return hasHash() || intendedFragment(location.href) === '' ? pathname + search : pathname.replace(/%(?:25)*23.*$/i, '');
}

/** Writing the address is put off this long, so that dragging a slider does not hit the browsers' limit (100 writes in 30 s). */
const WRITE_DELAY = 200;
/** Edits of one control that follow each other within this time are one step of Back. */
const SAME_EDIT = 1500;

let address = browserAddress;
let pending: ReturnType<typeof setTimeout> | null = null;
let last = { group: '', at: Number.NEGATIVE_INFINITY };
/** The current entry of the history says the same as the one before it. */
let copied = false;
/** Dialogs that have a step of Back: those that were opened here, not by a link. */
const dialogs = new Set<string>();

/**
 * Replaces the experiment.
 * @param group Name of the control for continuous edits ("1.bits"); successive edits of one group share one step of Back.
 *   Without it the edit is a step of its own, written to the address at once.
 */
export function edit(next: Experiment, group = ''): void {
  const { experiment, rest } = useExperiment.getState();
  if (next === experiment) return;
  const continues = group !== '' && group === last.group && Date.now() - last.at < SAME_EDIT;
  if (!continues) {
    flush();
    pushStep();
  }
  last = { group, at: Date.now() };
  useExperiment.setState({ experiment: next, rest: stillTrue(rest, experiment, next) });
  if (group === '') write();
  else pending ??= setTimeout(flush, WRITE_DELAY);
}

/** The entry that Back returns to is the current one; the new one starts as its copy and is written over. */
function pushStep(): void {
  // What a closed dialog left is such a copy already.
  if (!copied) address.push(address.fragment());
  copied = false;
}

/** Opens a dialog, shows something else in it, or closes it with null. Back closes it; a dialog that was closed leaves no step. */
export function showDialog(key: string, value: string | null): void {
  flush();
  if (value !== null && !(key in useExperiment.getState().rest)) {
    beginDialog();
    dialogs.add(key);
  }
  setInterface(key, value);
  if (value === null && dialogs.delete(key)) endDialog();
}

/** A step of Back that an open dialog takes. */
export function beginDialog(): void {
  flush();
  pushStep();
  last = { group: '', at: Number.NEGATIVE_INFINITY };
}

/** The dialog was closed in another way than by Back: its step is there for what comes next. */
export function endDialog(): void {
  copied = true;
}

/** The interface's parameters without what is said of the experiment before and of no other: its result, and a front of other images. */
function stillTrue(rest: ExperimentState['rest'], before: Experiment, next: Experiment): ExperimentState['rest'] {
  const sameImages = before.data.dataset === next.data.dataset && before.data.checksum === next.data.checksum;
  const gone = [...(isSameRun(before, next) ? [] : ['passport']), ...(sameImages ? [] : ['front'])];
  return gone.some((key) => key in rest) ? Object.fromEntries(Object.entries(rest).filter(([key]) => !gone.includes(key))) : rest;
}

/** Writes the address now if a write was put off. */
export function flush(): void {
  if (pending === null) return;
  clearTimeout(pending);
  pending = null;
  write();
}

/** Takes the experiment from the address: at the start, and after Back, Forward or a change by hand. */
export function readAddress(): void {
  copied = false;
  dialogs.clear();
  if (pending !== null) clearTimeout(pending);
  pending = null;
  last = { group: '', at: Number.NEGATIVE_INFINITY };
  const fragment = address.fragment();
  const state = useExperiment.getState();
  if (fragment === currentFragment()) return;
  if (fragment === '' && state.urlTrouble === null) {
    useExperiment.setState({ experiment: defaultExperiment(), rest: {} });
    return;
  }
  const { experiment, problems, rest } = fromFragment(fragment);
  const urlTrouble = problems.length > 0 ? { original: fragment, problems } : null;
  useExperiment.setState({ experiment, rest, ...(urlTrouble ? { urlTrouble } : {}) });
}

export function dismissUrlTrouble(): void {
  useExperiment.setState({ urlTrouble: null });
}

/** Sets a parameter of the interface in the address, or takes it away. No step of Back. */
export function setInterface(key: string, value: string | null): void {
  const { [key]: _, ...others } = useExperiment.getState().rest;
  useExperiment.setState({ rest: value === null ? others : { ...others, [key]: value } });
  flush();
  write();
}

/** A step of Back for every value, not just for the first. */
export function pushInterface(key: string, value: string): void {
  flush();
  pushStep();
  last = { group: '', at: Number.NEGATIVE_INFINITY };
  setInterface(key, value);
}

/** Opens a view of the interface, or closes it with null: a step of Back, which returns to what was on the screen before. */
export function goTo(key: string, value: string | null): void {
  flush();
  if (key in useExperiment.getState().rest !== (value !== null)) pushStep();
  last = { group: '', at: Number.NEGATIVE_INFINITY };
  setInterface(key, value);
}

/** The fragment that says what is on the screen, without '#'. */
export function currentFragment(): string {
  const { experiment, rest } = useExperiment.getState();
  const own = toFragment(experiment);
  const others = new URLSearchParams(rest).toString();
  return others ? `${own}&${others}` : own;
}

/** The fragment for another person: the experiment alone. */
export function sharedFragment(): string {
  return toFragment(useExperiment.getState().experiment);
}

/** For tests: another address, and nothing pending. */
export function setAddress(other: Address): void {
  if (pending !== null) clearTimeout(pending);
  pending = null;
  last = { group: '', at: Number.NEGATIVE_INFINITY };
  copied = false;
  dialogs.clear();
  address = other;
}

function write(): void {
  address.replace(currentFragment());
}
