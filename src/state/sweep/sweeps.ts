/** The page's sweeps. Loaded when the engine is there, or when a person asks for a sweep: not with the first screen. */
import { Archive } from '../kept/archive/archive';
import { dropRuns, keepRuns } from '../kept/runs-store';
import { listen, send } from '../lab';
import { notify } from '../run/run-store';
import { useSweepSign } from '../ui/sweep-sign';
import { SweepKeeper } from './sweep-keeper';
import { sweepSign } from './sweep-news';
import { useSweeps } from './sweep-store';

export const sweepKeeper = new SweepKeeper({
  send,
  notify,
  archive: () => Archive.open(),
  keepRuns,
  dropRuns,
  claim: claimSweeps,
  newId: () => crypto.getRandomValues(new Uint32Array(3)).reduce((text, part) => text + part.toString(36), 's'),
});

let opened: Promise<void> | undefined;

/** Reads what is saved and listens to the worker; once. */
export function openSweeps(): Promise<void> {
  if (!opened) {
    listen((message) => sweepKeeper.hear(message));
    useSweeps.subscribe((now, before) => useSweepSign.setState((sign) => sweepSign(sign, now.sweeps, before.sweeps)));
    opened = sweepKeeper.open();
  }
  return opened;
}

/** Holds the browser's lock for sweeps as long as the page is open. Where there are no locks nobody is excluded. */
function claimSweeps(): Promise<boolean> {
  const { locks } = navigator;
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void locks.request('fewbits-sweep', { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise<never>(() => {}) : undefined;
    });
  });
}
