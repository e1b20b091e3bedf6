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
