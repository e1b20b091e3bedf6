import type { RunEvent } from '../experiment/types/events';

/** How often a run that plays can be spoken to, and speaks. */
export interface Pace {
  /** Training steps between two checks of what the page wants, at most. */
  readonly turnSteps: number;
  /** Milliseconds between two messages with events, at least. */
  readonly reportMs: number;
}

/** A step is profiled this often, while that is shown. */
export const PROFILE_EVERY_MS = 1500;

export const defaultPace: Pace = { turnSteps: 1000, reportMs: 100 };

/** Who uses the backend: one at a time, in the order in which they asked. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `act` when all that asked before are done, whether or not they succeeded. Must not be nested. */
  take<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.last.then(act, act);
    this.last = turn;
    return turn;
  }
}

/**
 * Lets waiting messages in: promises alone would keep a CPU-bound loop deaf. A message to oneself comes after those that
 * already wait, and unlike a timer it is not held back for 4 ms.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** How many steps an event reports, as *Step* counts them: a stage without steps counts as one. */
export function stepsIn(event: RunEvent): number {
  if (event.type === 'metrics') return event.loss.length;
  return event.type === 'stageDone' && event.summary.steps === 0 ? 1 : 0;
}
