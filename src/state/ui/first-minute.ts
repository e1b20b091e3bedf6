/** What a newcomer has tried: whether the introduction is on the screen, and what came of its tries. */
import { create } from 'zustand';

/** Measured on the whole test set. */
export interface TryResult {
  /** 0 … 1. */
  readonly accuracy: number;
  /** Times smaller than float32. */
  readonly smaller: number;
  /** Of the recorded example, not measured here. */
  readonly recorded?: boolean;
}

interface FirstMinute {
  readonly dismissed: boolean;
  /** By number of the try, from 0. */
  readonly results: Readonly<Record<number, TryResult>>;
}

const KEY = 'fewbits.first-minute';

export const useFirstMinute = create<FirstMinute>()(() => ({ dismissed: wasDismissed(), results: {} }));

/** Takes the introduction off the screen, also the next time, or brings it back. */
export function dismissFirstMinute(dismissed: boolean): void {
  useFirstMinute.setState({ dismissed });
  try {
    if (dismissed) globalThis.localStorage?.setItem(KEY, 'dismissed');
    else globalThis.localStorage?.removeItem(KEY);
  } catch {
    // It comes back the next time: nothing else is lost.
  }
}

export function noteTry(index: number, result: TryResult): void {
  const before = useFirstMinute.getState().results[index];
  if (before && result.recorded && !before.recorded) return;
  if (before?.accuracy === result.accuracy && before.smaller === result.smaller && before.recorded === result.recorded) return;
  useFirstMinute.setState(({ results }) => ({ results: { ...results, [index]: result } }));
}

/** Private windows and full disks throw. */
function wasDismissed(): boolean {
  try {
    return globalThis.localStorage?.getItem(KEY) === 'dismissed';
  } catch {
    return false;
  }
}
